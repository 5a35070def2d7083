// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeysTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Path SOURCE = Path.of("src/main/java/io/l402/servlet/L402Config.java");

  @Test
  void theTablesOfThePageListTheKeysThereAre() throws IOException {
    String page = Files.readString(PAGE);
    int services = page.indexOf("## Keys of a service");
    int idle = page.indexOf("## Keys that are accepted");
    assertEquals(new TreeSet<>(ConfigKeys.GLOBAL), rows(page.substring(0, services)).keySet());
    assertEquals(new TreeSet<>(ConfigKeys.SERVICE), rows(page.substring(services, idle)).keySet());
    assertEquals(new TreeSet<>(ConfigKeys.CONTAINER), words(page.substring(idle)));
  }

  @Test
  void theTablesOfTheJavadocSayTheSame() throws IOException {
    String source = Files.readString(SOURCE).replaceAll("\n \\* *", " ");
    Matcher row =
        Pattern.compile("<tr><td><code>(.*?)</code></td><td>(.*?)</td>\\s*<td>(.*?)</td></tr>")
            .matcher(source);
    Map<String, String> found = new LinkedHashMap<>();
    List<String> twice = new ArrayList<>();
    while (row.find()) {
      String said = row.group(2) + " | " + plain(row.group(3));
      if (found.put(row.group(1), said) != null) {
        twice.add(row.group(1));
      }
    }
    assertEquals(rows(Files.readString(PAGE)), new java.util.TreeMap<>(found));
    assertEquals(List.of(), twice);
  }

  @Test
  void theExampleOfThePageLoads() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```yaml\n") + 8;
    L402Config config = Configs.yaml(page.substring(begin, page.indexOf("```", begin)));
    assertEquals(List.of("weather"), config.serviceNames());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void noKeyMeansTwoThings() {
    Set<String> both = new HashSet<>(ConfigKeys.inside(ConfigKeys.GLOBAL, ""));
    both.retainAll(ConfigKeys.inside(ConfigKeys.SERVICE, ""));
    assertEquals(Set.of(), both);
  }

  static Set<String> globalKeys() {
    Set<String> keys = new TreeSet<>(ConfigKeys.GLOBAL);
    keys.remove("services");
    return keys;
  }

  static Set<String> serviceKeys() {
    return new TreeSet<>(ConfigKeys.SERVICE);
  }

  @ParameterizedTest
  @MethodSource("globalKeys")
  void everyGlobalKeyIsReadAndItsFaultNamesKeyAndLine(String key) {
    String message = Configs.refusal("services: [{name: a, auth: off}]\n" + nonsense(key, ""));
    String flat = key.replaceFirst("authenticator\\.(?!disable)", "");
    assertTrue(message.contains("\n  line 2: " + flat + ": "), message);
  }

  @ParameterizedTest
  @MethodSource("serviceKeys")
  void everyKeyOfAServiceIsReadAndItsFaultNamesServiceKeyAndLine(String key) {
    String name = key.equals("name") ? "" : "name: a, ";
    String label = key.equals("name") ? "service without a name: " : "service a: ";
    String message = Configs.refusal("services:\n- {" + name + nonsense(key, "") + "}\n");
    assertTrue(message.contains("\n  line 2: " + label + key + ": "), message);
  }

  /** A value that no key takes: a list in a section in a list. */
  private static String nonsense(String key, String indent) {
    int dot = key.indexOf('.');
    return dot < 0
        ? indent + key + ": [[{x: []}]]"
        : indent + key.substring(0, dot) + ": {" + nonsense(key.substring(dot + 1), "") + "}";
  }

  private static Map<String, String> rows(String page) {
    Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.*?) \\| (.*) \\|$").matcher(page);
    Map<String, String> rows = new java.util.TreeMap<>();
    while (row.find()) {
      String said = row.group(2) + " | " + row.group(3).replace("`", "");
      assertEquals(null, rows.put(row.group(1), said), row.group(1));
    }
    return rows;
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Arrays.stream(text.split("`")).filter(word -> word.matches("[a-z.]+")).forEach(words::add);
    words.remove(".");
    return words;
  }

  private static String plain(String html) {
    return html.replaceAll("</?code>", "")
        .replaceAll("\\s+", " ")
        .replace("*&#47;", "*/")
        .replace("&#64;", "@")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
