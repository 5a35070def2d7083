// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What vectors/bolt11-facts.json says of the official examples. */
class Bolt11FactsTest {
  private static final Map<String, String> VALID = rows("valid", "rejects");
  private static final Map<String, String> REJECTS = rows("rejects", null);

  @Test
  void makesEveryExampleOfTheFile() {
    assertEquals(VALID.keySet(), SpecInvoices.valid().keySet());
    assertEquals(REJECTS.keySet(), SpecInvoices.rejects().keySet());
    assertEquals(16, VALID.size());
    assertEquals(10, REJECTS.size());
  }

  @ParameterizedTest
  @MethodSource("validIds")
  void signsTheOfficialStringToTheByte(String id) throws Exception {
    String invoice = SpecInvoices.valid().get(id).get();
    byte[] ascii = invoice.getBytes(StandardCharsets.US_ASCII);
    assertEquals(Integer.parseInt(field(VALID.get(id), "length")), invoice.length());
    assertEquals(
        field(VALID.get(id), "sha256"),
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ascii)));
  }

  @ParameterizedTest
  @MethodSource("validIds")
  void decodesEveryOfficialExampleAsTheFactsSay(String id) {
    Bolt11 invoice = Bolt11.decode(SpecInvoices.valid().get(id).get());
    String facts = field(VALID.get(id), "decoded");
    List<String> expected = new ArrayList<>(List.of(facts.split(", (?![^\\[(\"]*[\\])])")));
    assertEquals(expected.get(0), invoice.network().prefix());
    assertEquals(
        fact(facts, "msat=(\\w+)", "null"),
        invoice.amount().map(a -> Long.toString(a.msat())).orElse("null"));
    assertEquals(
        fact(facts, "ts=(\\d+)", "1496314658"),
        Long.toString(invoice.timestamp().getEpochSecond()));
    assertEquals(fact(facts, "x=(\\d+)", "3600"), Long.toString(invoice.expiry().toSeconds()));
    assertEquals(fact(facts, "c=(\\d+)", "18"), Long.toString(invoice.minFinalCltvExpiry()));
    assertEquals(fact(facts, "p=(\\w+)", SpecInvoices.HASH.toHex()), invoice.paymentHash().toHex());
    assertEquals(fact(facts, "payee=(\\w+)", SpecInvoices.NODE.toHex()), invoice.payee().toHex());
    assertEquals(SpecInvoices.SECRET, invoice.paymentSecret());
    assertEquals(
        fact(facts, "features=\\[([^]]*)]", ""),
        String.join(", ", invoice.features().bits().mapToObj(Integer::toString).toList()));
    assertTextsAndRoutes(facts, invoice);
  }

  private static void assertTextsAndRoutes(String facts, Bolt11 invoice) {
    assertEquals(
        fact(facts, "m=([0-9a-f]+)(?:,|$)", ""),
        invoice.metadata().map(ByteString::toHex).orElse(""));
    String description = fact(facts, "d=\\\\\"([^…\"\\\\]*)", "");
    assertTrue(invoice.description().orElse("").startsWith(description));
    assertEquals(description.isEmpty(), invoice.descriptionHash().isPresent());
    assertTrue(
        invoice
            .descriptionHash()
            .map(ByteString::toHex)
            .orElse("")
            .startsWith(fact(facts, " h=([0-9a-f]+)", "")));
    assertEquals(
        fact(facts, "f=(v\\d+:\\w+)", ""),
        String.join(
            "",
            invoice.fallbacks().stream().map(f -> "v" + f.version() + ":" + f.program()).toList()));
    assertEquals(
        hops(facts),
        invoice.routeHints().stream().flatMap(List::stream).map(Bolt11FactsTest::hop).toList());
  }

  @ParameterizedTest
  @MethodSource("rejectIds")
  void refusesEveryOfficialCounterexample(String id) {
    String invoice = SpecInvoices.rejects().get(id).get();
    MalformedInvoiceException e =
        assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(invoice));
    assertTrue(
        e.getMessage().contains(WHY.get(field(REJECTS.get(id), "why"))),
        id + ": " + e.getMessage());
  }

  /** Our words for the reasons of the file: an example refused for another reason proves little. */
  private static final Map<String, String> WHY =
      Map.of(
          "unknown feature 100", "unknown feature 100",
          "checksum", "checksum",
          "no separator", "no separator",
          "mixed case", "lower and upper case",
          "unrecoverable", "no key can have signed",
          "too short", "too short",
          "multiplier", "multiplier",
          "sub-msat", "no whole millisatoshi",
          "no s", "no payment secret",
          "high-S with n", "high s");

  private static String hop(RouteHop hop) {
    long id = hop.shortChannelId();
    return String.format(
        "%s…,%dx%dx%d,%d,%d,%d",
        hop.nodeId().toHex().substring(0, 10),
        id >>> 40,
        id >>> 16 & 0xffffff,
        id & 0xffff,
        hop.feeBaseMsat(),
        hop.feeProportionalMillionths(),
        hop.cltvExpiryDelta());
  }

  private static List<String> hops(String facts) {
    return Pattern.compile("hop\\(([^)]*)\\)")
        .matcher(facts)
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  private static String fact(String facts, String regex, String otherwise) {
    Matcher matcher = Pattern.compile("(?<![a-z])" + regex).matcher(facts);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  static Stream<String> validIds() {
    return VALID.keySet().stream();
  }

  static Stream<String> rejectIds() {
    return REJECTS.keySet().stream();
  }

  /** The objects of one of the file's arrays, by id: each reads from its id to the next. */
  private static Map<String, String> rows(String from, String to) {
    String file = read();
    int start = file.indexOf("\"" + from + "\": [");
    int end = to == null ? file.length() : file.indexOf("\"" + to + "\": [");
    Map<String, String> rows = new LinkedHashMap<>();
    for (String row : file.substring(start, end).split("(?=\"id\":)")) {
      if (row.startsWith("\"id\"")) {
        rows.put(field(row, "id"), row);
      }
    }
    return rows;
  }

  private static String field(String row, String name) {
    Matcher matcher =
        Pattern.compile("\"" + name + "\": (?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d+))").matcher(row);
    assertTrue(matcher.find(), name);
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  private static String read() {
    try (InputStream in = Bolt11FactsTest.class.getResourceAsStream("/vectors/bolt11-facts.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
