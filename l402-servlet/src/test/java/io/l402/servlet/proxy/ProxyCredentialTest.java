// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402Credential;
import io.l402.Preimage;
import io.l402.servlet.L402Config;
import io.l402.testkit.FakeLightning;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upstream sees of a credential. */
@Timeout(30)
class ProxyCredentialTest {
  private final FakeLightning node = FakeLightning.create();
  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
  }

  @AfterEach
  void stop() {
    upstream.close();
    node.close();
  }

  private Gate paid(String forward) throws Exception {
    L402Config config =
        Gate.config(
                upstream.address(),
                "http",
                it -> it.set("auth", "on").set("forwardcredential", forward))
            .simulatedBackend(node)
            .build();
    return Gate.of(config, "/", "/*");
  }

  private String pay(Gate gate) throws Exception {
    List<String> head = List.of(gate.get("/").split("\r\n"));
    L402Challenge challenge =
        L402Challenge.parse(RawClient.values(head, "WWW-Authenticate")).orElseThrow();
    Preimage preimage = node.pay(challenge.invoice().toString());
    return challenge.macaroonBase64() + ":" + preimage.toHex();
  }

  @ParameterizedTest
  @ValueSource(strings = {"L402 ", "LSAT ", "l402 "})
  void isNothingByDefault(String scheme) throws Exception {
    try (Gate gate = paid("none")) {
      List<String> head = gate.seen(upstream, "/", "Authorization: " + scheme + pay(gate));
      assertNull(RawClient.value(head, "Authorization"));
      assertTrue(head.stream().noneMatch(line -> line.startsWith("L402-")), head.toString());
    }
  }

  @Test
  void isTakenOutOfEveryFieldItStandsIn() throws Exception {
    try (Gate gate = paid("none")) {
      String credential = pay(gate);
      String preimage = credential.substring(credential.indexOf(':') + 1);
      List<String> head =
          gate.seen(
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
    try (Gate gate = paid("original")) {
      String credential = "L402 " + pay(gate);
      List<String> head = gate.seen(upstream, "/", "Authorization: " + credential);
      assertEquals(credential, RawClient.value(head, "Authorization"));
    }
  }

  @Test
  void isWhatWasVerifiedIfTheServiceSaysSo() throws Exception {
    try (Gate gate = paid("claims")) {
      String credential = "L402 " + pay(gate);
      List<String> head =
          gate.seen(
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
          gate.seen(upstream, "/", "L402-Token-Id: 00", "L402-Service: x", "L402-Tier: 9");
      assertTrue(head.stream().noneMatch(line -> line.startsWith("L402-")), head.toString());
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
}
