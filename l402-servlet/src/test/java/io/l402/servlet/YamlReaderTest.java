// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.servlet.ConfigNode.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  @Test
  void keepsTheTextAsWrittenAndTheLine() {
    Map<String, ConfigNode> members =
        read("\ufeff# a comment\na: 007\nb: on\nc:\n  '1.0'\nd:\n").members();
    assertEquals(new Scalar("007", false, "line 2"), members.get("a"));
    assertEquals(new Scalar("on", false, "line 3"), members.get("b"));
    assertEquals(new Scalar("1.0", true, "line 4"), members.get("c"));
    assertTrue(((Scalar) members.get("d")).isNull());
  }

  @ParameterizedTest
  @CsvSource({"''", "'# only a comment'", "'---'", "'--- ~'", "'{}'"})
  void nothingIsAnEmptyConfiguration(String document) {
    assertEquals(Map.of(), read(document).members());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: &x 1 | line 1: anchors are not allowed",
        "a: *x | line 1: aliases are not allowed",
        "a: &x [1] | line 1: anchors are not allowed",
        "a: !!int 1 | line 1: tags are not allowed",
        "a: !file+hex:x | line 1: tags are not allowed; quote",
        "a: !!set {x} | line 1: tags are not allowed",
        "{a: 1, a: 2} | line 1: a: stands here twice",
        "{[1]: 2} | line 1: expected a key",
        "{{}: 2} | line 1: expected a key",
        "{~: 2} | line 1: expected a key",
        "? | line 1: expected a key",
        "[a] | line 1: expected keys and values",
        "text | line 1: expected keys and values",
        "a: [ | line 1: ",
        "a: 'x | line 1: ",
        "a: b: c | line 1: mapping values are not allowed here",
        "'a: %' | line 1: ",
        "%YAML 9.9 | the file: not YAML"
      })
  void refusesWhatIsNotPlain(String document, String fault) {
    String message = refusal(document.getBytes(StandardCharsets.UTF_8));
    assertTrue(message.contains(fault), message);
  }

  @Test
  void refusesDuplicatesOnOtherLinesAndMoreThanOneDocument() {
    assertTrue(refusal("a: 1\nb: 2\na: 3\n").contains("line 3: a: stands here twice"));
    assertTrue(refusal("a: 1\n---\nb: 2\n").contains("line 2: expected the end"));
    assertTrue(refusal("a: 1\n---\n<<: *a\n").contains("line 2: expected the end"));
  }

  @Test
  void refusesABillionLaughsAtTheFirstAnchor() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 10; i++) {
      laughs.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertTrue(refusal(laughs.toString()).contains("line 1: anchors are not allowed"));
  }

  @Test
  void refusesDeepNestingAndLargeDocuments() {
    assertTrue(refusal("a: " + "[".repeat(500_000)).contains("too deep or too much"));
    assertTrue(refusal("{a: ".repeat(100_000)).contains("too deep or too much"));
    assertTrue(refusal("- ".repeat(100_000)).contains("too deep or too much"));
    assertTrue(refusal("a: [" + "1,".repeat(200_000) + "]").contains("too deep or too much"));
    assertTrue(refusal("a: " + "x".repeat(1 << 20)).contains("larger than 1048576 bytes"));
  }

  @Test
  void refusesOtherEncodings() {
    assertTrue(refusal(new byte[] {'a', ':', ' ', (byte) 0xff}).contains("not UTF-8"));
    assertTrue(refusal("a: 1".getBytes(StandardCharsets.UTF_16)).contains("not UTF-8"));
    assertTrue(refusal("a: \u0007".getBytes(StandardCharsets.UTF_8)).contains("not YAML"));
  }

  private static ConfigNode.Mapping read(String document) {
    return YamlReader.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String document) {
    return refusal(document.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(byte[] document) {
    return assertThrows(L402ConfigException.class, () -> YamlReader.read(document)).getMessage();
  }
}
