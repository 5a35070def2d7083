// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.gate.AuthLevel;
import io.l402.servlet.ServiceTable.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A file that has every key of aperture's. */
class ApertureFileTest {
  @Test
  void loadsAndReportsOnceWhatDoesNotApply() throws IOException {
    List<String> warnings = config().warnings();
    assertEquals(1, warnings.size(), warnings.toString());
    for (String key : ConfigKeys.CONTAINER) {
      assertTrue(warnings.get(0).contains(" " + key + " (line "), key + " in " + warnings);
    }
    assertTrue(warnings.get(0).contains(" listenaddr (line 2)"), warnings.get(0));
  }

  @Test
  void meansWhatItMeansToAperture() throws IOException {
    L402Config config = config();
    assertEquals(Optional.of("lnd"), config.backendName());
    assertEquals(Optional.of("mainnet"), config.backend().settings().get("network"));
    assertTrue(config.strictVerify());
    ServiceRule weather = config.services().get(0);
    assertEquals(MilliSatoshi.ofSat(5), L402ConfigTest.price(weather));
    assertEquals(Optional.of(Duration.ofSeconds(31_557_600)), weather.policy().timeout());
    assertEquals(List.of("read", "write"), weather.policy().capabilities());
    assertEquals(Map.of("monthly_volume", "200000"), weather.policy().constraints());
    assertEquals(new Rate(100, Duration.ofMinutes(1), 200), weather.rateLimits().get(0).rate());
    assertEquals(Map.of("X-Served-By", "aperture"), weather.upstream().orElseThrow().headers());
    ServiceRule trial = config.services().get(1);
    assertEquals(AuthLevel.freebie(5), trial.policy().auth());
    assertEquals(MilliSatoshi.ofSat(1), L402ConfigTest.price(trial));
    assertEquals(AuthLevel.OFF, config.services().get(2).policy().auth());
  }

  @Test
  void findsTheServicesThatApertureFinds() throws IOException {
    ServiceTable table = config().table();
    Lookup.Match weather = match(table.find("weather.shop.example:8081", "/v1/today"));
    assertEquals("weather", weather.rule().name());
    assertTrue(match(table.find("weather.shop.example", "/v1/health")).whitelisted());
    assertTrue(match(table.find("weather.shop.example", "/v1/stream")).skipInvoice());
    assertEquals("open", match(table.find("other", "/open/x")).rule().name());
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("other", "/x"));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("other", "/v1/today"));
  }

  private static Lookup.Match match(Lookup lookup) {
    return assertInstanceOf(Lookup.Match.class, lookup);
  }

  private static L402Config config() throws IOException {
    try (InputStream file = ApertureFileTest.class.getResourceAsStream("aperture.yaml")) {
      return Configs.yaml(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
