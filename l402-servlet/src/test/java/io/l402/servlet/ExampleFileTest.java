// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code examples/aperture.yaml}: it loads, and leaves no key out. */
class ExampleFileTest {
  private static final Path FILE = Path.of("../examples/aperture.yaml");

  @Test
  void loads() {
    L402Config config = L402Config.builder().file(FILE).build();
    assertEquals(
        List.of("weather", "report", "free", "health", "computed", "forwarded", "pages"),
        config.serviceNames());
    assertTrue(config.isSimulated());
    List<String> warnings = config.warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("not applicable here, ignored: listenaddr (line "));
    assertTrue(warnings.get(1).contains("service health: dryrun: everything passes"));
  }

  static Set<String> keys() {
    Set<String> keys = new TreeSet<>(ConfigKeys.GLOBAL);
    keys.addAll(ConfigKeys.SERVICE);
    return keys;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasEveryKey(String key) throws IOException {
    String text = Files.readString(FILE);
    for (String part : key.split("\\.")) {
      var found = Pattern.compile("(?m)^[ #-]*" + part + ": ?").matcher(text);
      assertTrue(found.find(), key);
      text = text.substring(found.end());
    }
  }
}
