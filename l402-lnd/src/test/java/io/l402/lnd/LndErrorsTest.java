// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LndErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNKNOWN | wallet locked, unlock it to enable full RPC access | NOT_READY",
        "UNKNOWN | wallet not created, create one to enable full RPC access | NOT_READY",
        "UNKNOWN | waiting to start, RPC services not available | NOT_READY",
        "UNKNOWN | the RPC server is in the process of starting up, but not yet ready to accept"
            + " calls | NOT_READY",
        "UNKNOWN | server is still in the process of starting | NOT_READY",
        "UNIMPLEMENTED | unknown service lnrpc.Lightning | NOT_READY",
        "UNIMPLEMENTED | unknown service invoicesrpc.Invoices | CONFIG",
        "UNKNOWN | expected 1 macaroon, got 0 | CONFIG",
        "UNKNOWN | verification failed: signature mismatch after caveat verification | AUTH",
        "UNKNOWN | cannot get macaroon: root key with id 402 doesn't exist | AUTH",
        "UNKNOWN | cannot retrieve macaroon: cannot get macaroon: root key with id 402 doesn't exist"
            + " | AUTH",
        "UNKNOWN | caveat \"lnd-custom foo bar\" not satisfied: cannot accept macaroon with custom"
            + " caveat 'foo', no middleware registered to handle it | AUTH",
        "UNKNOWN | empty macaroon data | AUTH",
        "UNKNOWN | cannot determine data format of binary-encoded macaroon | AUTH",
        "UNKNOWN | unmarshal v2: field data extends past end of buffer | AUTH",
        "UNKNOWN | invoice already settled | REJECTED",
        "UNKNOWN | invalid ID | AUTH",
        "UNKNOWN | unknown macaroon version | AUTH",
        "UNKNOWN | caveat not satisfied: macaroon has expired | AUTH",
        "UNKNOWN | macaroon locked to different IP address | AUTH",
        "UNKNOWN | permission denied | AUTH",
        "UNAUTHENTICATED | no macaroon to send | AUTH",
        "UNKNOWN | unknown permissions required for method | CONFIG",
        "UNKNOWN | amount cannot be negative | REJECTED",
        "UNKNOWN | memo too large: 1025 bytes (maxsize=1024) | REJECTED",
        "UNKNOWN | something new in a later version | RETRYABLE",
        "INTERNAL | internal server error | RETRYABLE",
        "UNAVAILABLE | io exception | RETRYABLE",
        "DEADLINE_EXCEEDED | deadline exceeded after 1.9s | RETRYABLE",
        "RESOURCE_EXHAUSTED | gRPC message exceeds maximum size | RETRYABLE"
      })
  void tellsLndsErrorsApartByTheirText(Status.Code code, String text, Kind kind) {
    LightningException e = LndErrors.of("AddInvoice", code.toStatus().withDescription(text));
    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().startsWith("lnd: AddInvoice: "), e.getMessage());
  }

  @Test
  void saysWhatIsWrongWithTheCertificate() {
    Throwable cause =
        new SSLHandshakeException("(certificate_unknown)")
            .initCause(new CertificateException("No name matching elsewhere found"));
    Status status = Status.UNAVAILABLE.withDescription("io exception").withCause(cause);
    LightningException e = LndErrors.of("GetState", status);
    assertEquals(Kind.CONFIG, e.kind());
    assertTrue(e.getMessage().contains("No name matching elsewhere found"), e.getMessage());
  }

  /** A node that is silent, or goes down, breaks handshakes as well; nothing is wrong with it. */
  @Test
  void takesABrokenHandshakeForAnOutage() {
    for (SSLException cause :
        List.of(
            new SslHandshakeTimeoutException("handshake timed out after 10000ms"),
            new SSLHandshakeException("Remote host terminated the handshake"),
            new SSLException("closing inbound before receiving peer's close_notify"))) {
      Status status = Status.UNAVAILABLE.withDescription("io exception").withCause(cause);
      assertEquals(Kind.RETRYABLE, LndErrors.of("AddInvoice", status).kind(), cause::toString);
    }
  }

  @Test
  void saysThatItIsNoTls() {
    Throwable cause = new NotSslRecordException("not an SSL/TLS record: 0000");
    Status status = Status.UNAVAILABLE.withDescription("io exception").withCause(cause);
    assertEquals(Kind.CONFIG, LndErrors.of("AddInvoice", status).kind());
  }

  @Test
  void cutsLndsTextAndKeepsItOnOneLine() {
    String text = "line\r\n" + "x".repeat(5000) + "\u202e";
    LightningException e = LndErrors.of("AddInvoice", Status.UNKNOWN.withDescription(text));
    assertTrue(e.getMessage().length() < 300);
    assertFalse(e.getMessage().matches("(?s).*[^\\x20-\\x7e].*"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, unable to locate invoice, true",
    "UNKNOWN, unable to locate invoice, true",
    "UNKNOWN, there are no existing invoices, true",
    "UNKNOWN, payment hash must be exactly 32 bytes, false",
    "UNAVAILABLE, unable to locate invoice, false"
  })
  void knowsHowLndSaysThatItKnowsNoSuchInvoice(Status.Code code, String text, boolean unknown) {
    assertEquals(unknown, LndErrors.isUnknownInvoice(code.toStatus().withDescription(text)));
  }
}
