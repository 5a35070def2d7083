// SPDX-License-Identifier: Apache-2.0
package io.l402.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void listensOnPort8081OfTheLoopbackAddressByDefault() {
    assertEquals(Map.of("port", "8081", "host", "127.0.0.1"), options(Map.of()));
  }

  @Test
  void takesThePortFromTheEnvironment() {
    assertEquals("9090", options(Map.of("PORT", "9090")).get("port"));
  }

  @Test
  void prefersTheCommandLineToTheEnvironment() {
    Map<String, String> options =
        options(Map.of("PORT", "9090"), "--port", "0", "--host", "0.0.0.0");
    assertEquals(Map.of("port", "0", "host", "0.0.0.0"), options);
  }

  @Test
  void takesAConfigurationThatCanBeRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("l402.yaml"), "services: []");
    assertEquals(file.toString(), options(Map.of(), "--config", file.toString()).get("config"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", "080801", " 80"})
  void refusesWhatIsNoPort(String port) {
    assertRefused("port: found " + port, "--port", port);
  }

  @Test
  void refusesAnOptionWithoutItsValue() {
    assertRefused("--host needs a value", "--host");
  }

  @Test
  void refusesAnOptionItDoesNotKnow() {
    assertRefused("unknown option --prot", "--prot", "80");
  }

  @Test
  void refusesAConfigurationThatCannotBeRead() {
    assertRefused("config: cannot read ./no-such-file", "--config", "./no-such-file");
  }

  private static void assertRefused(String message, String... args) {
    Exception refused = assertThrows(IllegalArgumentException.class, () -> options(Map.of(), args));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }

  private static Map<String, String> options(Map<String, String> environment, String... args) {
    return Main.options(args, environment);
  }
}
