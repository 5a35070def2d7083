// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.demo.readme.Readme.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the README says what is so. What its blocks do is tried in the classes beside this one. */
class ReadmeTest {
  private static final String RUN =
      "mvn -q -DskipTests package && java -jar l402-demo-war/target/l402-demo.war\n";
  private static final String TEST = "mvn -B verify\n";

  @Test
  void showsTheTwoCommandsAndTheFiveLinesOfXmlFirst() throws IOException {
    List<Block> blocks = Readme.blocks();
    assertEquals(List.of(RUN, TEST), blocks.subList(0, 2).stream().map(Block::text).toList());
    Block xml = blocks.get(2);
    assertTrue(xml.text().startsWith("<web-app"), xml.text());
    assertEquals(5, xml.text().lines().count());
    assertTrue(xml.line() + 7 <= 60, "within the first 60 lines");
  }

  @Test
  void hasNoBlockOfAKindThatNoTestTries() throws IOException {
    Set<String> kinds =
        Readme.blocks().stream()
            .map(Block::language)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of("bash", "java", "sh", "xml", "yaml"), kinds);
    assertEquals(8, Readme.blocks("sh").size(), "two commands, three for lnd, three benchmarks");
    assertEquals(1, Readme.blocks("bash").size(), "tried by ReadmeCommandsIT");
    assertEquals(2, Readme.blocks("yaml").size(), "tried by ReadmeXmlTest");
  }

  @Test
  void namesTheCommandsThatContinuousIntegrationRuns() throws IOException {
    String ci = Files.readString(Readme.ROOT.resolve(".ci/run"));
    assertTrue(ci.contains("mvn=(mvn -B "), "mvn -B");
    assertTrue(ci.contains("\"${mvn[@]}\" clean verify\n"), "verify");
    String pom = Files.readString(Readme.ROOT.resolve("it/tomcat-10.1/pom.xml"));
    assertTrue(pom.contains("l402-demo-war/target/l402-demo.war"), "what the tests run");
  }

  @Test
  void namesTheBenchmarkThatIsBuilt() throws IOException {
    String pom = Files.readString(Readme.ROOT.resolve("l402-bench/pom.xml"));
    assertTrue(pom.contains("<finalName>${project.artifactId}</finalName>"), "the jar it runs");
    String run = "java -jar l402-bench/target/l402-bench.jar ";
    List<String> benchmarks = List.of("verify", "outage", "proxy");
    for (String benchmark : benchmarks) {
      String command = Readme.blocks("sh").get(5 + benchmarks.indexOf(benchmark)).text();
      assertTrue(command.contains("-pl l402-bench -am -DskipTests package"), command);
      assertTrue(command.contains(run + benchmark), command);
    }
  }

  /** What bakes the macaroon is held against the code in l402-lnd, SelfRun's cases run the rest. */
  @Test
  void namesWhatSellsOverLnd() throws IOException {
    String keys = Files.readString(Readme.ROOT.resolve("docs/configuration.md"));
    Matcher variable = Pattern.compile("L402_([A-Z]+)=").matcher(Readme.blocks("sh").get(3).text());
    List<String> named = variable.results().map(found -> found.group(1)).toList();
    assertEquals(6, named.size());
    named.forEach(name -> assertTrue(keys.contains("| `" + name.toLowerCase(Locale.ROOT) + "` |")));
    String tests = Readme.blocks("sh").get(4).text();
    Path script = Readme.ROOT.resolve("l402-lnd/src/test/regtest/nodes");
    assertTrue(tests.contains(" verify -Plnd -pl l402-lnd"), tests);
    assertTrue(Files.isExecutable(script) && tests.contains("l402-lnd/src/test/regtest/nodes up"));
    assertTrue(Files.readString(Readme.ROOT.resolve("pom.xml")).contains("<id>lnd</id>"));
  }

  @Test
  void showsTheSameCommandsAsTheDemo() throws IOException {
    String page =
        Files.readString(Path.of("src/main/webapp/WEB-INF/page/index.html"))
            .replaceAll("<i [^>]*>|</i>", "")
            .replace("&lt;", "<")
            .replaceFirst("(?s).*<code data-curl><span class=\"only-simulated\">", "")
            .replaceFirst("(?s)</span>.*", "");
    assertEquals(Readme.blocks("bash").get(0).text().strip(), page.strip());
  }

  @Test
  void linksToFilesThatExist() throws IOException {
    Matcher link = Pattern.compile("]\\(([^)#:]+)\\)").matcher(Readme.text());
    int links = 0;
    for (; link.find(); links++) {
      assertTrue(Files.exists(Readme.ROOT.resolve(link.group(1))), link.group(1));
    }
    assertTrue(links > 4);
  }

  @Test
  void namesOnlyKeysThatAreDocumented() throws IOException {
    Set<String> documented = keys(Files.readString(Readme.ROOT.resolve("docs/configuration.md")));
    Set<String> here = keys(section("## Configuration"));
    assertTrue(here.size() > 12, here::toString);
    here.removeAll(documented);
    assertEquals(Set.of(), here);
  }

  @Test
  void saysWhatBecomesOfEveryKeyOfAperture() throws IOException {
    Path sample =
        Readme.ROOT.resolve("l402-servlet/src/test/resources/io/l402/servlet/aperture.yaml");
    Set<String> missing = new TreeSet<>();
    collect(
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(sample)), missing);
    missing.removeAll(words(section("## Coming from aperture")));
    assertEquals(Set.of(), missing);
  }

  /** The keys of the file, down to those of its services, but not what backends have inside. */
  private static void collect(Object node, Set<String> keys) {
    Set<String> closed =
        Set.of(
            "sqlite",
            "postgres",
            "etcd",
            "logging",
            "prometheus",
            "hashmail",
            "tor",
            "admin",
            "headers",
            "constraints");
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            keys.add(key.toString());
            if (!closed.contains(key.toString())) {
              collect(value, keys);
            }
          });
    } else if (node instanceof List<?> list) {
      list.forEach(item -> collect(item, keys));
    }
  }

  private static String section(String heading) throws IOException {
    String from = Readme.text().split(Pattern.quote(heading) + "\n")[1];
    return from.split("\n## ")[0];
  }

  /** The first cells of the tables, where keys stand. */
  private static Set<String> keys(String text) {
    Matcher cell = Pattern.compile("(?m)^\\| `([a-z.]+)`").matcher(text);
    return cell.results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(String text) {
    Matcher word = Pattern.compile("`([a-z0-9]+)`").matcher(text);
    return word.results().map(m -> m.group(1)).collect(Collectors.toSet());
  }
}
