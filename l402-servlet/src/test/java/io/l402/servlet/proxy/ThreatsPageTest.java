// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that says which test holds what names tests that there are. */
class ThreatsPageTest {
  private static final Path PAGE = Path.of("../docs/proxy-threats.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void namesOnlyTestsThatExist() throws Exception {
    Set<String> missing = new TreeSet<>();
    Matcher named = TEST.matcher(Files.readString(PAGE));
    int count = 0;
    while (named.find()) {
      count++;
      if (!exists(named.group(1), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertTrue(missing.isEmpty(), missing::toString);
    assertTrue(count > 60, "found " + count);
  }

  private static boolean exists(String name, String method) {
    for (String location : new String[] {"io.l402.servlet.proxy.", "io.l402.servlet."}) {
      try {
        Method[] methods = Class.forName(location + name).getDeclaredMethods();
        return method == null || Arrays.stream(methods).anyMatch(it -> it.getName().equals(method));
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    return false;
  }
}
