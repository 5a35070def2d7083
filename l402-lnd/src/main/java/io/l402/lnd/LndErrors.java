// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What lnd's errors mean. Nearly all of them come with the code UNKNOWN and differ in their text
 * only, as lnd's own clients tell them apart, too.
 */
final class LndErrors {
  private static final int MAX_TEXT = 200;

  /** A part of lnd's text, what it means, and what to tell the operator. */
  private record Known(String text, Kind kind, String meaning) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("wallet locked", Kind.NOT_READY, "the wallet is locked: lncli unlock"),
          new Known("wallet not created", Kind.NOT_READY, "there is no wallet yet: lncli create"),
          new Known("waiting to start", Kind.NOT_READY, "it waits to become the leader"),
          new Known("in the process of starting", Kind.NOT_READY, "it is starting"),
          new Known("unknown service lnrpc.Lightning", Kind.NOT_READY, "the wallet is locked"),
          new Known("permission denied", Kind.AUTH, "the macaroon does not allow this call"),
          new Known("macaroon has expired", Kind.AUTH, "the macaroon has expired"),
          new Known("macaroon locked to", Kind.AUTH, "the macaroon is for another address"),
          new Known("verification failed", Kind.AUTH, "the macaroon is another node's or revoked"),
          new Known("cannot get macaroon", Kind.AUTH, "the macaroon is another node's or revoked"),
          new Known("not satisfied", Kind.AUTH, "a condition of the macaroon does not hold"),
          new Known("macaroon data", Kind.AUTH, "the macaroon is none"),
          new Known("cannot determine data format", Kind.AUTH, "the macaroon is none"),
          new Known("unmarshal v2", Kind.AUTH, "the macaroon is none"),
          new Known("invalid ID", Kind.AUTH, "the macaroon is not one of lnd's"),
          new Known("unknown macaroon version", Kind.AUTH, "the macaroon is not one of lnd's"),
          new Known("expected 1 macaroon", Kind.CONFIG, "lnd got no macaroon, or two"),
          new Known("unknown permissions required", Kind.CONFIG, "lnd does not know this call"),
          new Known("amount cannot be negative", Kind.REJECTED, "a negative amount"),
          new Known("memo too large", Kind.REJECTED, "the memo is too long"),
          new Known("data length too big", Kind.REJECTED, "the memo is too long"),
          new Known("invoice already settled", Kind.REJECTED, "the invoice is already settled"),
          new Known("invoice already canceled", Kind.REJECTED, "the invoice is already canceled"));

  private LndErrors() {}

  /**
   * The exception for what a call came to.
   *
   * @param call what was being done, such as {@code AddInvoice}
   */
  static LightningException of(String call, Status status) {
    String text = text(status);
    for (Known known : KNOWN) {
      if (text.contains(known.text)) {
        return failure(known.kind, call, known.meaning, text, status);
      }
    }
    if (brokenTrust(status.getCause()).isPresent()) {
      String why = brokenTrust(status.getCause()).get();
      return failure(Kind.CONFIG, call, "TLS with lnd fails", why, status);
    }
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          failure(Kind.AUTH, call, "lnd refuses the macaroon", text, status);
      case UNIMPLEMENTED -> failure(Kind.CONFIG, call, "this lnd cannot do it", text, status);
      case DEADLINE_EXCEEDED -> failure(Kind.RETRYABLE, call, "no answer in time", text, status);
      case UNAVAILABLE -> failure(Kind.RETRYABLE, call, "lnd is not reached", text, status);
      default -> failure(Kind.RETRYABLE, call, "lnd fails", text, status);
    };
  }

  /** Whether lnd says that it knows no such invoice; older ones say it in words only. */
  static boolean isUnknownInvoice(Status status) {
    String text = text(status);
    return status.getCode() == Status.Code.NOT_FOUND
        || status.getCode() == Status.Code.UNKNOWN
            && (text.contains("unable to locate invoice")
                || text.contains("there are no existing invoices"));
  }

  /** An answer that is none: lnd is to blame, as it is for a failure. */
  static LightningException strange(String call, String what) {
    return new LightningException(Kind.RETRYABLE, "lnd: " + call + ": a strange answer: " + what);
  }

  private static LightningException failure(
      Kind kind, String call, String meaning, String text, Status status) {
    String message = "lnd: " + call + ": " + meaning + (text.isEmpty() ? "" : " (" + text + ")");
    Throwable cause = status.getCause();
    return cause == null
        ? new LightningException(kind, message)
        : new LightningException(kind, message, cause);
  }

  /** lnd's own words and the root of the trouble, on one line and not too long. */
  private static String text(Status status) {
    String description = status.getDescription() == null ? "" : status.getDescription();
    Throwable root = root(status.getCause());
    String all = root == null ? description : description + ": " + root.getMessage();
    String line = all.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root != null && root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * What is wrong with the certificate, if that is what broke the connection, or that this is no
   * TLS at all. A handshake that only ended early is no such thing: a node that goes down does
   * that.
   */
  private static Optional<String> brokenTrust(Throwable thrown) {
    boolean untrusted = false;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      untrusted |= t instanceof CertificateException || t instanceof NotSslRecordException;
      untrusted |= t instanceof SSLException && String.valueOf(t.getMessage()).contains("alert");
      if (t.getCause() == null && untrusted) {
        return Optional.of(String.valueOf(t.getMessage()));
      }
    }
    return Optional.empty();
  }
}
