// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every fuzz target in the sources was fuzzed by this build, and for real: replaying the inputs
 * that are checked in takes no seconds.
 */
class FuzzRunsIT {
  private static final Path ROOT = Path.of("..", "..");
  private static final double LEAST_SECONDS = 4;

  @TestFactory
  Stream<DynamicTest> fuzzedEveryTarget() throws IOException {
    List<Path> targets = targets();
    assertFalse(targets.isEmpty(), "no fuzz target found below " + ROOT.toAbsolutePath());
    return targets.stream()
        .map(source -> DynamicTest.dynamicTest(className(source), () -> assertFuzzed(source)));
  }

  private static List<Path> targets() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("FuzzTest.java"))
          .filter(file -> file.toString().contains("/src/test/java/"))
          .toList();
    }
  }

  private static void assertFuzzed(Path source) throws Exception {
    Path report = module(source).resolve("target/fuzz-reports/TEST-" + className(source) + ".xml");
    assertTrue(Files.exists(report), "was not fuzzed: no " + report);
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    assertEquals("0", suite.getAttribute("skipped"), "skipped");
    NodeList cases = suite.getElementsByTagName("testcase");
    double longest =
        IntStream.range(0, cases.getLength())
            .mapToObj(i -> ((Element) cases.item(i)).getAttribute("time"))
            .mapToDouble(time -> Double.parseDouble(time.replace(",", "")))
            .max()
            .orElse(0);
    assertTrue(longest >= LEAST_SECONDS, "only " + longest + " s of " + LEAST_SECONDS);
  }

  private static Path module(Path source) {
    return ROOT.resolve(ROOT.relativize(source).toString().split("/src/test/java/")[0]);
  }

  private static String className(Path source) {
    String path = source.toString().split("/src/test/java/")[1];
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }
}
