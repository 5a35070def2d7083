// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Credential;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that is only tried out, with an upstream that would like to say how that goes. */
@Timeout(30)
class ProxyDryRunTest {
  private static final String SAID = "X-L402-Dry-Run";

  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream =
        RawUpstream.answering(
            "HTTP/1.1 200 OK",
            "X-L402-Dry-Run: granted",
            "x-l402-dry-run: granted",
            "X_L402_Dry_Run: granted",
            "Transfer-Encoding: chunked",
            "",
            "2",
            "ok",
            "0",
            "X-L402-Dry-Run: granted",
            "",
            "");
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private PaidGate tried() throws Exception {
    return PaidGate.to(upstream, it -> it.set("dryrun", "true"));
  }

  private static List<String> lines(String answer) {
    return List.of(answer.split("\r\n"));
  }

  @Test
  void saysInTheProxiedAnswerWhatWouldHaveBeenDecided() throws Exception {
    try (PaidGate tried = tried()) {
      String answer = tried.gate.get("/", "Connection: TE", "TE: trailers");
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.contains("ok"), answer);
      assertEquals("payment_required", RawClient.value(lines(answer), SAID));
      assertFalse(answer.contains("granted"), answer);
      assertEquals("private", RawClient.value(lines(answer), "Cache-Control"));
      assertEquals("GET / HTTP/1.1", upstream.head().get(0));
    }
  }

  @Test
  void isSaidByNobodyOfAServiceThatIsSold() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      String answer = gate.get("/", "Connection: TE", "TE: trailers");
      assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("dry"), answer);
    }
  }

  @Test
  void takesCredentialsOutWhateverTheyAreWorth() throws Exception {
    try (PaidGate sold = PaidGate.to(upstream);
        PaidGate tried = tried()) {
      L402Credential foreign = sold.buy(); // of another master key
      byte[] caveat = ("preimage=" + foreign.preimage().toHex()).getBytes();
      byte[] carrying = foreign.macaroons().get(0).attenuate(caveat).toByteArray();
      Map<String, String> presented =
          Map.of("malformed", "L402 garbage", "bad_signature", foreign.toAuthorization());
      for (Map.Entry<String, String> one : presented.entrySet()) {
        String answer = tried.gate.get("/", "Authorization: " + one.getValue());
        assertEquals(
            "payment_required;reason=" + one.getKey(), RawClient.value(lines(answer), SAID));
        assertNull(RawClient.value(upstream.head(), "Authorization"));
      }
      tried.gate.get("/", "Macaroon: " + HexFormat.of().formatHex(carrying));
      assertNull(RawClient.value(upstream.head(), "Macaroon"));
    }
  }

  @Test
  void saysItAlsoWhenTheUpstreamFails() throws Exception {
    try (RawUpstream broken = RawUpstream.of(RawUpstream.Peer::readRequest);
        PaidGate tried = PaidGate.to(broken, it -> it.set("dryrun", "true"))) {
      String answer = tried.gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
      assertEquals("payment_required", RawClient.value(lines(answer), SAID));
    }
  }

  @Test
  void tellsTheUpstreamNothingOfATokenThatWasNotVerified() throws Exception {
    try (PaidGate tried =
        PaidGate.to(upstream, it -> it.set("dryrun", "true").set("forwardcredential", "claims"))) {
      List<String> head =
          tried.gate.seen(upstream, "/", "Authorization: L402 garbage", "L402-Tier: 9");
      assertTrue(head.stream().noneMatch(it -> it.startsWith("L402-")), head::toString);
    }
  }
}
