// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.Network;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class L402ChallengeTest {
  private static final Preimage PREIMAGE = Preimage.of(filled(4));
  private static final Bolt11 INVOICE = invoice("L402 api", PREIMAGE);
  private static final L402Challenge CHALLENGE = L402Challenge.of(macaroon(), INVOICE);
  private static final String MACAROON = CHALLENGE.macaroonBase64();

  /** What deployed clients look for: exactly this, directly behind the scheme. */
  private static final Pattern DEPLOYED =
      Pattern.compile("(LSAT|L402) macaroon=\"(.*?)\", invoice=\"(.*?)\"");

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static Bolt11 invoice(String memo, Preimage preimage) {
    return Bolt11.builder(Network.REGTEST)
        .amount(MilliSatoshi.ofSat(10))
        .timestamp(Instant.ofEpochSecond(1_700_000_000))
        .paymentHash(preimage.paymentHash())
        .paymentSecret(ByteString.of(filled(1)))
        .description(memo)
        .expiry(Duration.ofMinutes(10))
        .sign(NodeKey.of(filled(7)));
  }

  private static Macaroon macaroon(String... caveats) {
    L402Identifier id = new L402Identifier(PREIMAGE.paymentHash(), TokenId.of(filled(2)));
    List<byte[]> bytes =
        caveats.length == 0
            ? List.of("services=api:0".getBytes(StandardCharsets.UTF_8))
            : Arrays.stream(caveats).map(c -> c.getBytes(StandardCharsets.UTF_8)).toList();
    return Macaroon.mint(RootKey.of(filled(3)), "lsat", id.toByteArray(), bytes);
  }

  @Test
  void writesTheLegacyFieldFirst() {
    assertEquals(
        List.of(
            "LSAT macaroon=\"" + MACAROON + "\", invoice=\"" + INVOICE + "\"",
            "L402 macaroon=\""
                + MACAROON
                + "\", invoice=\""
                + INVOICE
                + "\", version=\"0\", token=\""
                + MACAROON
                + "\""),
        CHALLENGE.wwwAuthenticate(ChallengeFormat.DEFAULT, Optional.empty()));
  }

  @Test
  void everyFieldIsUnderstoodByDeployedClients() {
    for (String field :
        CHALLENGE.wwwAuthenticate(ChallengeFormat.DEFAULT, Optional.of(RejectionReason.EXPIRED))) {
      Matcher matcher = DEPLOYED.matcher(field);
      assertTrue(matcher.find(), field);
      assertEquals(MACAROON, matcher.group(2));
      assertEquals(INVOICE.toString(), matcher.group(3));
    }
  }

  @Test
  void endsTheL402FieldWithTheReason() {
    List<String> fields =
        CHALLENGE.wwwAuthenticate(
            ChallengeFormat.DEFAULT, Optional.of(RejectionReason.WRONG_SERVICE));
    assertFalse(fields.get(0).contains("error"));
    assertTrue(fields.get(1).endsWith(", error=\"wrong_service\""), fields.get(1));
  }

  @Test
  void leavesOutWhatIsSwitchedOff() {
    String offer = " macaroon=\"" + MACAROON + "\", invoice=\"" + INVOICE + "\"";
    assertEquals(
        List.of("LSAT" + offer, "L402" + offer),
        CHALLENGE.wwwAuthenticate(new ChallengeFormat(true, false), Optional.empty()));
    assertEquals(
        List.of("L402" + offer),
        CHALLENGE.wwwAuthenticate(new ChallengeFormat(false, false), Optional.empty()));
  }

  /** A challenge whose macaroon comes to about this many bytes. */
  private static List<String> fieldsWith(int bytes) {
    String[] caveats = new String[(bytes + 999) / 1000];
    Arrays.fill(caveats, "x".repeat(bytes / caveats.length));
    return L402Challenge.of(macaroon(caveats), INVOICE)
        .wwwAuthenticate(ChallengeFormat.DEFAULT, Optional.empty());
  }

  @Test
  void staysWithinTheBoundByLeavingOutParametersThenTheLegacyField() {
    assertEquals(2, fieldsWith(900).size());
    assertTrue(fieldsWith(900).get(1).contains("token="));
    assertEquals(2, fieldsWith(1_500).size());
    assertFalse(fieldsWith(1_500).get(1).contains("token="));
    assertEquals(1, fieldsWith(2_500).size());
    assertTrue(fieldsWith(2_500).get(0).startsWith("L402 "));
    for (int bytes = 100; bytes < 3_500; bytes += 100) {
      int sum = fieldsWith(bytes).stream().mapToInt(String::length).sum();
      assertTrue(sum <= L402Challenge.MAX_HEADER_BYTES, bytes + " gave " + sum);
    }
  }

  @Test
  void whatFitsNowhereIsNotWritten() {
    String[] caveats = Collections.nCopies(4, "x".repeat(1_000)).toArray(String[]::new);
    caveats[3] = "x".repeat(700);
    L402Challenge large = L402Challenge.of(macaroon(caveats), invoice("y".repeat(639), PREIMAGE));
    assertEquals(List.of(), large.wwwAuthenticate(ChallengeFormat.DEFAULT, Optional.empty()));
  }

  static List<String> understood() {
    String m = "macaroon=\"" + MACAROON + "\"";
    String i = "invoice=\"" + INVOICE + "\"";
    return List.of(
        "LSAT " + m + ", " + i,
        "L402 " + m + ", " + i + ", version=\"0\", token=\"" + MACAROON + "\", error=\"expired\"",
        "L402 version=\"0\", token=\"" + MACAROON + "\", " + i,
        "l402 " + i + "," + m,
        "L402 INVOICE=" + INVOICE + " , Token=" + MACAROON.replace("=", ""),
        "Basic realm=\"a, L402 macaroon=x\", L402 " + m + ", " + i,
        "Negotiate, Bearer, L402 " + m + ", " + i + ", Digest realm=\"x\"",
        "Newauth x=1, y=\"\\\"\", L402 " + m + ", " + i);
  }

  @ParameterizedTest
  @MethodSource("understood")
  void readsChallengesOfAllKnownForms(String field) {
    L402Challenge read = L402Challenge.parse(List.of("Basic realm=\"x\"", field)).orElseThrow();
    assertEquals(macaroon(), read.macaroon());
    assertEquals(INVOICE, read.invoice());
  }

  @Test
  void readsItsOwnFields() {
    List<String> fields = CHALLENGE.wwwAuthenticate(ChallengeFormat.DEFAULT, Optional.empty());
    assertEquals(macaroon(), L402Challenge.parse(fields).orElseThrow().macaroon());
    assertTrue(L402Challenge.parse(List.of()).isEmpty());
    assertTrue(L402Challenge.parse(List.of("", "Basic x", "XL402 a=b", "\"L402 a\"")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "L402",
        "L402 macaroon=\"\"",
        "L402 macaroon=\"AA\", invoice=\"lnbc1\"",
        "L402 invoice=\"lnbc1",
        "L402 macaroon=\"!\", invoice=\"x\""
      })
  void refusesMalformedChallenges(String field) {
    assertThrows(MalformedCredentialException.class, () -> L402Challenge.parse(List.of(field)));
  }

  @Test
  void refusesAMacaroonThatIsNotForItsInvoice() {
    Bolt11 foreign = invoice("L402 api", Preimage.of(filled(8)));
    assertThrows(MalformedCredentialException.class, () -> L402Challenge.of(macaroon(), foreign));
  }

  @Test
  void becomesATokenWithThePreimage() {
    L402Credential token = CHALLENGE.withPreimage(PREIMAGE);
    assertEquals("L402 " + MACAROON + ":" + PREIMAGE.toHex(), token.toAuthorization());
    assertEquals(Optional.of("api"), CHALLENGE.serviceName());
  }

  @Test
  void neverPrintsTheSignature() {
    String signature = HexFormat.of().formatHex(macaroon().signature());
    assertFalse(CHALLENGE.toString().contains(signature));
    assertFalse(CHALLENGE.toString().contains(MACAROON));
  }
}
