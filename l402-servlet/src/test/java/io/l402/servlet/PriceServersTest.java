// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402ConfigException;
import io.l402.gate.PriceServer;
import io.l402.testkit.FakeLightning;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PriceServersTest {
  private final FakeLightning node = FakeLightning.create();

  @BeforeEach
  void reset() {
    FakePrices.reset();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static final String TWO =
      """
      challengelimits: off
      services:
        - {name: a, paths: /a/*, dynamicprice: {enabled: true, grpcaddress: 'one:1', insecure: true}}
        - {name: b, paths: /b/*, dynamicprice: {enabled: true, grpcaddress: 'one:1', insecure: true}}
        - {name: c, paths: /c/*, dynamicprice: {enabled: true, grpcaddress: 'two:2'}}
      """;

  private L402Config config(String yaml) throws Exception {
    return FakePrices.installed(
        () ->
            L402Config.builder()
                .document(yaml.getBytes(StandardCharsets.UTF_8))
                .simulatedBackend(node)
                .build());
  }

  private TestServer serve(L402Filter filter) throws Exception {
    return FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start());
  }

  @Test
  void areAskedAsTheFileSays() throws Exception {
    ServiceRule rule = config(TWO).services().get(0);
    AskedElsewhere asked = assertInstanceOf(AskedElsewhere.class, rule.policy().pricer());
    assertEquals(
        new PriceServer("one:1", true, Optional.empty(), Duration.ofSeconds(2)), asked.server());
    assertEquals(List.of(), FakePrices.CONNECTED, "a configuration holds no connections");
  }

  @Test
  void shareOneConnectionAndEndWithTheFilter() throws Exception {
    try (TestServer server = serve(new L402Filter(config(TWO)))) {
      assertEquals(Set.of("one:1", "two:2"), FakePrices.OPEN.keySet());
      assertEquals(2, FakePrices.CONNECTED.size());
      String problem = server.get("/a/x", "Accept", "application/json").body();
      assertTrue(problem.contains("\"amountMsat\":3000,"), problem);
    }
    assertEquals(Set.of(), FakePrices.OPEN.keySet());
  }

  @Test
  void bindTokensToAmountAndResource() throws Exception {
    try (TestServer server = serve(new L402Filter(config(TWO)))) {
      HttpResponse<String> unpaid = server.get("/a/x");
      L402Challenge challenge =
          L402Challenge.parse(unpaid.headers().allValues("WWW-Authenticate")).orElseThrow();
      List<String> caveats =
          challenge.macaroon().caveats().stream()
              .map(caveat -> new String(caveat.id(), StandardCharsets.UTF_8))
              .toList();
      assertEquals("l402_amount_msat=3000", caveats.get(1));
      assertTrue(caveats.get(2).startsWith("l402_resource=GET:"), caveats.get(2));
      String token =
          "L402 "
              + Base64.getEncoder().encodeToString(challenge.macaroon().toByteArray())
              + ":"
              + node.pay(challenge.invoice().toString()).toHex();
      assertEquals(200, server.get("/a/x", "Authorization", token).statusCode());
      assertEquals(402, server.get("/a/y", "Authorization", token).statusCode());
    }
  }

  @Test
  void leaveNothingOpenWhenOneOfThemIsRefused() throws Exception {
    L402Config config = config(TWO.replace("two:2", "refused:2"));
    assertThrows(Exception.class, () -> serve(new L402Filter(config)));
    assertEquals(List.of("one:1"), FakePrices.CONNECTED);
    assertEquals(Set.of(), FakePrices.OPEN.keySet());
  }

  @Test
  void goOnThroughAnUpdateIfTheyAreStillAsked() throws Exception {
    L402Filter filter = new L402Filter(config(TWO));
    try (TestServer server = serve(filter)) {
      L402Config next = config(TWO.replace("two:2", "three:3"));
      FakePrices.installed(
          () -> {
            filter.updateServices(next);
            return null;
          });
      assertEquals(List.of("one:1", "two:2", "three:3"), sorted(FakePrices.CONNECTED));
      assertEquals(Set.of("one:1", "three:3"), FakePrices.OPEN.keySet());
      L402Config bad = config(TWO.replace("two:2", "refused:2").replace("one:1", "four:4"));
      FakePrices.installed(
          () -> assertThrows(L402ConfigException.class, () -> filter.updateServices(bad)));
      assertEquals(Set.of("one:1", "three:3"), FakePrices.OPEN.keySet());
      assertEquals(402, server.get("/c/x").statusCode());
    }
  }

  /** In which order they are connected is nobody's business. */
  private static List<String> sorted(List<String> connected) {
    return connected.stream()
        .sorted(java.util.Comparator.comparing(address -> address.split(":")[1]))
        .toList();
  }

  @Test
  void needTheArtifact() {
    String message = Configs.refusal(TWO + "backend: simulated\n");
    assertTrue(
        message.contains(
            "service a: dynamicprice.enabled: asking a price server needs the artifact l402-grpc"),
        message);
  }

  @Test
  void sayWhatOfTheFileIsNotUsed() throws Exception {
    L402Config config =
        config(
            """
            services:
              - name: a
                price: 5
                dynamicprice: {enabled: true, grpcaddress: 'one:1', insecure: true, tlscertpath: /c}
            """);
    assertEquals(2, config.warnings().size(), config.warnings()::toString);
  }
}
