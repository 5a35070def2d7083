// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitParametersTest {
  @TempDir Path folder;

  @Test
  void describeOneService() {
    L402Config config =
        Configs.parameters(
            Map.of(
                "backend", "simulated",
                "name", "weather",
                "paths", "/weather, /api/*",
                "price", "10sat",
                "timeout", "30d",
                "ratelimits", "100/1m, 5/1s burst 10",
                "constraints.z.dotted", "1",
                "constraints.plan", "gold",
                "challengelimits.client", "5/1m",
                "cors.origins", "https://a https://b"));
    ServiceRule rule = config.services().get(0);
    assertEquals("weather", rule.name());
    assertTrue(rule.matcher().paths().exactly("/api/x"));
    assertTrue(rule.matcher().paths().exactly("/weather"));
    assertEquals(MilliSatoshi.ofSat(10), L402ConfigTest.price(rule));
    assertEquals(List.of("plan", "z.dotted"), List.copyOf(rule.policy().constraints().keySet()));
    assertEquals(2, rule.rateLimits().size());
    assertEquals(
        Optional.of(Rate.of(5, Duration.ofMinutes(1))), config.challenges().limits().client());
    assertEquals(ChallengeLimits.DEFAULT.network(), config.challenges().limits().network());
  }

  @Test
  void aMisspeltOneIsRefusedWithTheNearestKey() {
    String message = Configs.refusal(Map.of("prcie", "5", "bakend", "lnd"));
    assertTrue(
        message.contains(
            "init-param prcie: service default: prcie: there is no such key; did you mean price?"),
        message);
    assertTrue(
        message.contains("init-param bakend: bakend: there is no such key; did you mean backend?"),
        message);
  }

  @Test
  void nameTheFileThatHoldsTheServices() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), Configs.service("price: 5"));
    L402Config config = Configs.parameters(Map.of("config", file.toString(), "unmatched", "pass"));
    assertEquals(List.of("a"), config.serviceNames());
    assertEquals(Unmatched.PASS, config.unmatched());
    String message = Configs.refusal(Map.of("config", file.toString(), "price", "5"));
    assertTrue(message.contains("init-param price: the services are in the file"), message);
  }

  @Test
  void cannotListServices() {
    String message = Configs.refusal(Map.of("services", "a", "auth", "off"));
    assertTrue(
        message.contains("init-param services: services: only a file can list them"), message);
  }

  @Test
  void describeNoServiceBesideThoseInCode() {
    L402Config config =
        L402Config.builder()
            .initParameters(Map.of("backend", "simulated"))
            .service("a", a -> a.paths("/a"))
            .build();
    assertEquals(List.of("a"), config.serviceNames());
  }

  @Test
  void theEnvironmentIsReadForGlobalKeysAndItsMisspellingsAreReported() {
    Map<String, String> environment =
        Map.of(
            "L402_BACKEND", "simulated",
            "L402_CHALLENGELIMITS_CLIENT", "7/1m",
            "L402_MAXINFLIHGT", "5",
            "L402_REALM", "",
            "L402_PRICE", "7",
            "L402_REQUIRE", "x",
            "OTHER", "x");
    L402Config config =
        L402Config.builder().initParameters(Map.of("price", "5")).environment(environment).build();
    assertEquals(Optional.of("simulated"), config.backendName());
    assertEquals(
        Optional.of(Rate.of(7, Duration.ofMinutes(1))), config.challenges().limits().client());
    assertEquals(MilliSatoshi.ofSat(5), L402ConfigTest.price(config.services().get(0)));
    assertEquals(
        List.of("environment variable L402_MAXINFLIHGT: not read; did you mean L402_MAXINFLIGHT?"),
        config.warnings());
  }

  @Test
  void aWrongValueInTheEnvironmentIsNamed() {
    L402ConfigBuilder builder =
        L402Config.builder()
            .initParameters(Map.of("auth", "off"))
            .environment(Map.of("L402_MAXINFLIGHT", "many"));
    String message = assertThrows(L402ConfigException.class, builder::build).getMessage();
    assertTrue(
        message.contains("environment variable L402_MAXINFLIGHT: maxinflight: expected a whole"),
        message);
  }

  @Test
  void containerKeysAreAccepted() {
    L402Config config = Configs.parameters(Map.of("auth", "off", "listenaddr", "x", "tor.v3", "y"));
    assertEquals(1, config.warnings().size());
  }
}
