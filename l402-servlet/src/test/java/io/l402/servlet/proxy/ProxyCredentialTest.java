// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Credential;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upstream sees of a credential. */
@Timeout(30)
class ProxyCredentialTest {
  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.ok();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private PaidGate paid(String forward) throws Exception {
    return PaidGate.to(upstream, it -> it.set("forwardcredential", forward));
  }

  private static String pay(PaidGate paid) throws Exception {
    return paid.buy().toAuthorization().substring("L402 ".length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"L402 ", "LSAT ", "l402 "})
  void isNothingByDefault(String scheme) throws Exception {
    try (PaidGate paid = paid("none")) {
      List<String> head = paid.gate.seen(upstream, "/", "Authorization: " + scheme + pay(paid));
      assertNull(RawClient.value(head, "Authorization"));
      assertTrue(head.stream().noneMatch(line -> line.startsWith("L402-")), head.toString());
    }
  }

  @Test
  void isTakenOutOfEveryFieldItStandsIn() throws Exception {
    try (PaidGate paid = paid("none")) {
      String credential = pay(paid);
      String preimage = credential.substring(credential.indexOf(':') + 1);
      List<String> head =
          paid.gate.seen(
              upstream,
              "/",
              "Authorization: Basic eDp5",
              "Authorization: L402 " + credential,
              "Authorization: LSAT " + credential);
      assertEquals("Basic eDp5", RawClient.value(head, "Authorization"));
      assertFalse(head.toString().contains(preimage));
    }
  }

  @Test
  void isAsItCameIfTheServiceSaysSo() throws Exception {
    try (PaidGate paid = paid("original")) {
      String credential = "L402 " + pay(paid);
      List<String> head = paid.gate.seen(upstream, "/", "Authorization: " + credential);
      assertEquals(credential, RawClient.value(head, "Authorization"));
    }
  }

  @Test
  void isWhatWasVerifiedIfTheServiceSaysSo() throws Exception {
    try (PaidGate paid = paid("claims")) {
      String credential = "L402 " + pay(paid);
      List<String> head =
          paid.gate.seen(
              upstream,
              "/",
              "Authorization: " + credential,
              "L402-Tier: 9",
              "L402_Tier: 9",
              "l402-service: other");
      assertNull(RawClient.value(head, "Authorization"));
      assertEquals("rest", RawClient.value(head, "L402-Service"));
      assertEquals("0", RawClient.value(head, "L402-Tier"));
      assertNull(RawClient.value(head, "L402_Tier"));
      assertEquals(
          L402Credential.parse(credential).identifier().tokenId().toHex(),
          RawClient.value(head, "L402-Token-Id"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "claims", "original"})
  void neverIsAClaimOfTheClients(String forward) throws Exception {
    try (Gate gate = Gate.to(upstream, it -> it.set("forwardcredential", forward))) {
      List<String> head =
          gate.seen(
              upstream,
              "/",
              "L402-Token-Id: 00",
              "L402-Service: x",
              "L402-Tier: 9",
              "L402-Caveats: x",
              "l402_caveats: x",
              "L402_Token-Id: 00",
              "L402-Anything: x");
      assertTrue(head.stream().noneMatch(line -> line.matches("(?i)l402[-_].*")), head.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer abc",
        "Authorization: L402x abc:def",
        "Macaroon: 0201036c6e640000062000000000",
        "Grpc-Metadata-Macaroon: 0201036c6e64",
        "Token: my-own-token",
      })
  void isNotWhatOnlyLooksLikeOne(String field) throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      int colon = field.indexOf(':');
      assertEquals(
          field.substring(colon + 2),
          RawClient.value(gate.seen(upstream, "/", field), field.substring(0, colon)));
    }
  }

  @Test
  void isTakenOutWhenItIsBroken() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      List<String> head = gate.seen(upstream, "/", "Authorization: L402 garbage");
      assertNull(RawClient.value(head, "Authorization"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Macaroon",
        "Grpc-Metadata-Macaroon",
        "Token",
        "Grpc-Metadata-Token",
        "Grpc_Metadata_Macaroon",
        "grpc_metadata-TOKEN"
      })
  void isTakenOutOfTheOtherFieldsItMayStandIn(String name) throws Exception {
    try (PaidGate paid = paid("none")) {
      L402Credential bought = paid.buy();
      byte[] caveat = ("preimage=" + bought.preimage().toHex()).getBytes();
      byte[] carrying = bought.macaroons().get(0).attenuate(caveat).toByteArray();
      String field = name + ": " + HexFormat.of().formatHex(carrying);
      List<String> head =
          paid.gate.seen(upstream, "/", "Authorization: " + bought.toAuthorization(), field);
      assertNull(RawClient.value(head, name));
      try (Gate free = Gate.to(upstream)) {
        assertNull(RawClient.value(free.seen(upstream, "/", field), name));
      }
    }
  }

  @Test
  void isTakenOutOfTrailersToo() throws Exception {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    try (PaidGate paid = paid("none");
        RawUpstream reading = RawUpstream.of(peer -> bodies.add(peer.readRequest()));
        Gate gate = Gate.to(reading);
        RawClient client = gate.connect()) {
      L402Credential bought = paid.buy();
      byte[] caveat = ("preimage=" + bought.preimage().toHex()).getBytes();
      byte[] carrying = bought.macaroons().get(0).attenuate(caveat).toByteArray();
      client.head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");
      client.write("2\r\nok\r\n0\r\nToken: own\r\nMacaroon: ");
      client.write(HexFormat.of().formatHex(carrying) + "\r\nL402-Tier: 9\r\n\r\n");
      assertEquals("ok|token: own", bodies.poll(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void isNeverSentWhereItWasNotAskedFor() throws Exception {
    try (PaidGate paid = paid("none");
        Gate free = Gate.to(upstream)) {
      String field = paid.token();
      assertNull(RawClient.value(free.seen(upstream, "/", field), "Authorization"));
    }
  }
}
