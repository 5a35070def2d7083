// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.Service;
import io.l402.gate.AuthLevel;
import io.l402.gate.Pricer;
import io.l402.gate.ServicePolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceKeysTest {
  @TempDir Path folder;

  @Test
  void readsWhatTheGateKnows() {
    ServicePolicy policy =
        policy(
            "auth: Freebie 3",
            "tier: 2",
            "mintier: 1",
            "timeout: 3600",
            "capabilities: read, write",
            "requirecapability: write");
    assertEquals(AuthLevel.freebie(3), policy.auth());
    assertEquals(new Service("a", 2), policy.service());
    assertEquals(1, policy.minTier());
    assertEquals(Optional.of(Duration.ofHours(1)), policy.timeout());
    assertEquals(List.of("read", "write"), policy.capabilities());
    assertEquals(Optional.of("write"), policy.requiredCapability());
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10000",
    "10sat, 10000",
    "2500msat, 2500",
    "0, 1000",
    "0msat, 1000",
    "'', 1000",
    "~, 1000",
    "10000000000000, 10000000000000000"
  })
  void readsPricesInSatoshiAndWithUnits(String written, long msat) {
    ServiceRule rule = rule("price: " + written);
    assertEquals(new MilliSatoshi(msat), L402ConfigTest.price(rule));
  }

  @ParameterizedTest
  @CsvSource({"on", "true", "ON", "''", "~"})
  void authIsOnUnlessItSaysOtherwise(String written) {
    assertEquals(AuthLevel.ON, policy("auth: " + written).auth());
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "90s, 90", "10m, 600", "1h30m, 5400", "30d, 2592000", "PT2M, 120"})
  void readsTimes(String written, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), policy("timeout: " + written).timeout());
  }

  @Test
  void tokensLiveForEverWithoutATimeout() {
    assertEquals(Optional.empty(), policy("timeout: 0").timeout());
    assertEquals(Optional.empty(), policy("tier: 0").timeout());
  }

  @Test
  void keepsConstraintsInOrderAndAsWritten() {
    Map<String, String> constraints =
        policy("constraints: {z: 007, y: 1.50, x: true, w: 0x1F, v: '', u: 2026-01-01}")
            .constraints();
    assertEquals(List.of("z", "y", "x", "w", "v", "u"), List.copyOf(constraints.keySet()));
    assertEquals(
        List.of("007", "1.50", "true", "0x1F", "", "2026-01-01"),
        List.copyOf(constraints.values()));
  }

  @Test
  void readsRateLimits() {
    List<RateLimitRule> rules =
        rule(
                "ratelimits:",
                "  - {requests: 10, per: 1s, burst: 20, pathregexp: ^/api}",
                "  - {requests: 60, per: 1m, burst: 0, paths: /x}",
                "  - 100/1h burst 5",
                "  - {requests: 1, per: 30}")
            .rateLimits();
    assertEquals(new Rate(10, Duration.ofSeconds(1), 20), rules.get(0).rate());
    assertTrue(rules.get(0).appliesTo("/API/x"));
    assertFalse(rules.get(0).appliesTo("/x/api"));
    assertEquals(Rate.of(60, Duration.ofMinutes(1)), rules.get(1).rate());
    assertTrue(rules.get(1).appliesTo("/X/"));
    assertEquals(new Rate(100, Duration.ofHours(1), 5), rules.get(2).rate());
    assertEquals(Rate.of(1, Duration.ofSeconds(30)), rules.get(3).rate());
    assertTrue(rules.get(3).appliesTo("/anything"));
  }

  @Test
  void readsWhatTheProxyKnows() throws Exception {
    Path secret = Files.write(folder.resolve("secret"), new byte[] {0x0a, (byte) 0xff});
    String document =
        Configs.service(
            "address: Backend.Example:8443",
            "protocol: https",
            "headers:",
            "  X-Key: pre-${KEY}-$5",
            "  X-Hex: \"!file+hex:" + secret + "\"",
            "  X-Base64: \"!file+base64:" + secret + "\"",
            "rewrite: {prefix: /v1}",
            "forwardcredential: claims",
            "websocket: false",
            "tlscertpath: /ca.pem",
            "insecureskipverify: true",
            "upstreamtimeout: {connect: 1, firstbyte: 2s, idle: 3m}");
    L402Config config = Configs.yaml(document, Map.of("KEY", "k$1"));
    Upstream upstream = config.services().get(0).upstream().orElseThrow();
    assertEquals(URI.create("https://backend.example:8443"), upstream.base());
    assertEquals(
        Map.of("X-Key", "pre-k$1-$5", "X-Hex", "0aff", "X-Base64", "Cv8="), upstream.headers());
    assertEquals(List.of("X-Key", "X-Hex", "X-Base64"), List.copyOf(upstream.headers().keySet()));
    assertEquals(Optional.of("/v1"), upstream.rewritePrefix());
    assertEquals(Upstream.Credential.CLAIMS, upstream.forwardCredential());
    assertFalse(upstream.webSocket());
    assertEquals(new Upstream.Tls(Optional.of(Path.of("/ca.pem")), true), upstream.tls());
    assertEquals(
        new Upstream.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(3)),
        upstream.timeouts());
    assertFalse(upstream.toString().contains("0aff"));
    assertTrue(config.warnings().get(0).contains("insecureskipverify"), config.warnings().get(0));
  }

  @Test
  void theProxyHasDefaults() {
    Upstream upstream = rule("address: 'b:1'", "protocol: http").upstream().orElseThrow();
    assertEquals(
        new Upstream.Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofMinutes(1)),
        upstream.timeouts());
    assertTrue(upstream.webSocket());
    assertEquals(Upstream.Credential.NONE, upstream.forwardCredential());
    assertEquals(Optional.empty(), upstream.rewritePrefix());
    assertEquals(Optional.empty(), rule("price: 1").upstream());
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "my-host:80", "a.b-c.d1:80", "127.0.0.1:80", "[::1]:80", "3com.com"})
  void theProxyConnectsToNamesAndAddresses(String address) {
    URI base = rule("address: '" + address + "'", "protocol: http").upstream().orElseThrow().base();
    assertEquals("http://" + address, base.toString());
    assertNotNull(base.getHost());
  }

  @Test
  void theProxySpeaksHttp2InTheClear() {
    Upstream upstream = rule("address: 'b:1'", "protocol: h2c").upstream().orElseThrow();
    assertEquals(URI.create("h2c://b:1"), upstream.base());
  }

  @Test
  void aPricerInCodeAnswersForAPriceServer() {
    Pricer pricer = Pricer.computed(request -> MilliSatoshi.ofSat(3));
    byte[] document =
        Configs.service("dynamicprice: {enabled: true, grpcaddress: 'p:1', metered: true}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ServiceRule rule =
        L402Config.builder().document(document).pricer("a", pricer).build().services().get(0);
    assertSame(pricer, rule.policy().pricer());
    assertEquals(
        Optional.of(new DynamicPrice("p:1", false, Optional.empty(), true, 16_384)),
        rule.dynamicPrice());
  }

  @Test
  void codeSaysTheSameAsAFile() {
    L402Config config =
        L402Config.builder()
            .backend("simulated")
            .set("hosts", List.of("shop.example"))
            .service(
                "a",
                a ->
                    a.paths("/x", "/y/*")
                        .host("shop.example")
                        .freePaths("/x")
                        .auth(AuthLevel.freebie(2))
                        .price(new MilliSatoshi(2500))
                        .timeout(Duration.ofDays(1))
                        .capabilities("read")
                        .requireCapability("read")
                        .set("constraints", Map.of("plan", "gold"))
                        .set("ratelimits", List.of("5/1s")))
            .build();
    ServiceRule rule = config.services().get(0);
    assertEquals(new MilliSatoshi(2500), L402ConfigTest.price(rule));
    assertEquals(Optional.of(Duration.ofDays(1)), rule.policy().timeout());
    assertEquals(Map.of("plan", "gold"), rule.policy().constraints());
    assertEquals(AuthLevel.freebie(2), rule.policy().auth());
    assertTrue(rule.matcher().paths().exactly("/y/z"));
    assertEquals(1, rule.rateLimits().size());
    assertEquals(Unmatched.PASS, config.unmatched());
  }

  @Test
  void warnsOfWhatIsAllowedAndUnwise() {
    assertWarns("price: 999msat", "line 4: service a: price: less than 1 sat");
    L402Config config =
        Configs.yaml("challengelimits: off\nservices: [{name: a, auth: off, pathregexp: /pub}]");
    assertEquals(2, config.warnings().size());
    assertEquals(ChallengeLimits.OFF, config.challenges().limits());
  }

  private static void assertWarns(String line, String warning) {
    List<String> warnings = Configs.yaml(Configs.service(line)).warnings();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith(warning), warnings.get(0));
  }

  private static ServiceRule rule(String... lines) {
    return Configs.yaml(Configs.service(lines)).services().get(0);
  }

  private static ServicePolicy policy(String... lines) {
    return rule(lines).policy();
  }
}
