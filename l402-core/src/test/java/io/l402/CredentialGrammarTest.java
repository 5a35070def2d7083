// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialGrammarTest {
  private static final String PREIMAGE = "0123456789abcdef".repeat(4);
  private static final String OTHER = "fedcba9876543210".repeat(4);
  private static final RootKey KEY = RootKey.of(new byte[32]);
  private static final Macaroon TOKEN = mint(PREIMAGE, "services=api:0", "note=????????>>>>>>>>");
  private static final String B64 = base64(TOKEN);

  private static Macaroon mint(String preimage, String... caveats) {
    L402Identifier identifier =
        new L402Identifier(Preimage.ofHex(preimage).paymentHash(), TokenId.of(new byte[32]));
    List<byte[]> bytes = new ArrayList<>();
    for (String caveat : caveats) {
      bytes.add(caveat.getBytes(StandardCharsets.UTF_8));
    }
    return Macaroon.mint(KEY, "lsat", identifier.toByteArray(), bytes);
  }

  private static String base64(Macaroon macaroon) {
    return Base64.getEncoder().encodeToString(macaroon.toByteArray());
  }

  private static String hex(Macaroon macaroon) {
    return HexFormat.of().formatHex(macaroon.toByteArray());
  }

  private static Macaroon carrying(String preimage) {
    return TOKEN.attenuate(("preimage=" + preimage).getBytes(StandardCharsets.UTF_8));
  }

  /** A few header fields, names in any case. */
  private static final class Fields implements RequestHeaders {
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Fields with(String name, String value) {
      fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      return this;
    }

    @Override
    public List<String> values(String name) {
      return fields.getOrDefault(name, List.of());
    }
  }

  private static Optional<L402Credential> authorization(String... values) {
    Fields fields = new Fields();
    for (String value : values) {
      fields.with("Authorization", value);
    }
    return from(fields);
  }

  /** Reads, after a check that each field by itself is taken for a credential if it is read so. */
  private static Optional<L402Credential> from(Fields fields) {
    fields.fields.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    assertEquals(isRead(name, value), L402Credential.isIn(name, value), value)));
    return L402Credential.from(fields);
  }

  private static boolean isRead(String name, String value) {
    try {
      return L402Credential.from(new Fields().with(name, value)).isPresent();
    } catch (MalformedCredentialException e) {
      return true;
    }
  }

  private static void assertFound(Optional<L402Credential> credential) {
    assertEquals(List.of(TOKEN), credential.orElseThrow().macaroons());
    assertEquals(Preimage.ofHex(PREIMAGE), credential.orElseThrow().preimage());
  }

  private static void assertMalformed(Fields fields) {
    assertThrows(MalformedCredentialException.class, () -> from(fields));
  }

  static List<String> accepted() {
    String url = B64.replace('+', '-').replace('/', '_');
    String bare = B64.replace("=", "");
    return List.of(
        "L402 " + B64 + ":" + PREIMAGE,
        "LSAT " + B64 + ":" + PREIMAGE,
        "lsat " + B64 + ":" + PREIMAGE,
        "l402   " + B64 + ":" + PREIMAGE,
        "L402\t" + B64 + ":" + PREIMAGE,
        " L402 " + B64 + ":" + PREIMAGE + " ",
        "L402 " + B64 + ":" + PREIMAGE.toUpperCase(Locale.ROOT),
        "L402 " + url + ":" + PREIMAGE,
        "L402 " + bare + ":" + PREIMAGE,
        "Basic dXNlcjpwYXNz, L402 " + B64 + ":" + PREIMAGE,
        "L402 " + B64 + ":" + PREIMAGE + ", Bearer abc",
        "Digest username=\"a, L402 x:y\", L402 " + B64 + ":" + PREIMAGE,
        "LSAT " + B64 + ":" + PREIMAGE + ",L402 " + B64 + ":" + PREIMAGE);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsTheFormsThatClientsSend(String value) {
    assertFound(authorization(value));
  }

  static List<String> malformed() {
    char last = B64.replace("=", "").charAt(B64.replace("=", "").length() - 1);
    String bare = B64.replace("=", "");
    List<String> values =
        new ArrayList<>(
            List.of(
                "L402",
                "L402 ",
                "L402 " + B64,
                "L402 " + B64 + ":",
                "L402 " + B64 + ":" + PREIMAGE.substring(1),
                "L402 " + B64 + ":" + PREIMAGE + "0",
                "L402 " + B64 + ":" + PREIMAGE.substring(1) + "g",
                "L402 " + B64 + ":" + PREIMAGE.substring(1) + "\uff10",
                "L402 " + B64 + ":" + "0".repeat(64),
                "L402 " + B64 + ": " + PREIMAGE,
                "L402 " + B64 + " :" + PREIMAGE,
                "L402 " + B64 + ":" + PREIMAGE + " junk",
                "L402 :" + PREIMAGE,
                "L402 ," + B64 + ":" + PREIMAGE,
                "L402 " + B64 + ",:" + PREIMAGE,
                "L402 " + B64 + ", " + B64 + ":" + PREIMAGE,
                "L402 " + B64.substring(4) + ":" + PREIMAGE,
                "L402 " + B64 + "=" + ":" + PREIMAGE,
                "L402 " + B64 + "AAAA" + ":" + PREIMAGE,
                "L402 " + bare.replaceFirst("[A-Za-z]", " ") + ":" + PREIMAGE,
                "L402 " + B64 + "," + B64 + "," + B64 + "," + B64 + "," + B64 + ":" + PREIMAGE,
                "L402 " + "A".repeat(9000) + ":" + PREIMAGE));
    if (bare.length() % 4 != 0) {
      char stray = (char) (last + 1);
      values.add("L402 " + bare.substring(0, bare.length() - 1) + stray + ":" + PREIMAGE);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsAlmostACredential(String value) {
    assertMalformed(new Fields().with("Authorization", value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "Basic dXNlcjpwYXNz",
        "Bearer L402",
        "xL402 a:b",
        "L4022 a:b",
        "L\u017fAT a:b",
        "Basic x L402 a:b",
        "\"L402 a:b\"",
        "Digest realm=\"L402 a:b, LSAT c:d\""
      })
  void leavesOtherSchemesAlone(String value) {
    assertTrue(authorization(value).isEmpty());
  }

  @Test
  void mixedAlphabetsAreRefused() {
    int first = B64.indexOf('/');
    assertTrue(first >= 0 && B64.indexOf('/', first + 1) > 0, "the sample needs two of them");
    String mixed = B64.replaceFirst("/", "_");
    assertMalformed(new Fields().with("Authorization", "L402 " + mixed + ":" + PREIMAGE));
  }

  @Test
  void findsOursAmongSeveralFields() {
    assertFound(authorization("Basic x", "L402 " + B64 + ":" + PREIMAGE, "Bearer y"));
    assertFound(authorization("LSAT " + B64 + ":" + PREIMAGE, "L402 " + B64 + ":" + PREIMAGE));
  }

  @Test
  void refusesTwoThatDiffer() {
    String other = "L402 " + base64(mint(OTHER)) + ":" + OTHER;
    assertMalformed(
        new Fields()
            .with("Authorization", "L402 " + B64 + ":" + PREIMAGE)
            .with("Authorization", other));
    assertMalformed(
        new Fields().with("Authorization", other).with("Macaroon", hex(carrying(PREIMAGE))));
    assertMalformed(
        new Fields()
            .with("Authorization", "L402 " + B64 + ":" + PREIMAGE + ",LSAT " + B64 + ":" + OTHER));
  }

  @Test
  void takesUpToFourMacaroonsOfOneIdentifier() {
    Macaroon narrower = TOKEN.attenuate("services=api:0".getBytes(StandardCharsets.UTF_8));
    L402Credential credential =
        L402Credential.parse("L402 " + B64 + "," + base64(narrower) + ":" + PREIMAGE);
    assertEquals(List.of(TOKEN, narrower), credential.macaroons());
    String foreign = base64(mint(OTHER));
    assertThrows(
        MalformedCredentialException.class,
        () -> L402Credential.parse("L402 " + B64 + "," + foreign + ":" + PREIMAGE));
  }

  @Test
  void boundsTheLengthOfACredentialAndHowManyThereAre() {
    byte[] note = ("note=" + "x".repeat(900)).getBytes(StandardCharsets.UTF_8);
    String large = base64(TOKEN.attenuate(note, note));
    String three = "L402 " + large + "," + large + "," + large + ":" + PREIMAGE;
    assertTrue(three.length() < L402Credential.MAX_LENGTH);
    assertTrue(authorization(three).isPresent());
    String four = three.replace("L402 ", "L402 " + large + ",");
    assertMalformed(new Fields().with("Authorization", four));
    String one = "L402 " + B64 + ":" + PREIMAGE;
    assertFound(authorization(one, one, one, one));
    assertMalformed(new Fields().with("Authorization", String.join(",", one, one, one, one, one)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grpc-Metadata-Macaroon", "Macaroon", "Token", "Grpc-Metadata-Token"})
  void readsMacaroonsThatCarryTheirPreimage(String field) {
    for (String value :
        List.of(hex(carrying(PREIMAGE)), hex(carrying(PREIMAGE)).toUpperCase(Locale.ROOT))) {
      L402Credential found = from(new Fields().with(field, value)).orElseThrow();
      assertEquals(Preimage.ofHex(PREIMAGE), found.preimage());
    }
  }

  @Test
  void leavesMacaroonsOfOthersAlone() {
    Macaroon lnds = Macaroon.mint(KEY, "lnd", "0-lnd".getBytes(StandardCharsets.UTF_8), List.of());
    Macaroon twice = carrying(PREIMAGE).attenuate(("preimage=" + PREIMAGE).getBytes());
    for (String value :
        List.of("", "zz", "00", "abc", "not hex", hex(lnds), hex(TOKEN), hex(twice), B64)) {
      assertTrue(from(new Fields().with("Macaroon", value)).isEmpty(), value);
    }
    assertFound(
        from(
            new Fields()
                .with("Macaroon", hex(lnds))
                .with("Authorization", "L402 " + B64 + ":" + PREIMAGE)));
  }

  @Test
  void refusesAMacaroonOfOursThatCarriesWhatIsNeverAccepted() {
    Macaroon zeros = carrying("0".repeat(64));
    Macaroon mine = carrying(PREIMAGE);
    String thirdParty = hex(mine).replaceFirst("0000(0620[0-9a-f]{64})$", "000201780401790000$1");
    assertMalformed(new Fields().with("Macaroon", hex(zeros)));
    assertMalformed(new Fields().with("Macaroon", thirdParty));
    assertMalformed(
        new Fields()
            .with("Authorization", "L402 " + B64 + ":" + PREIMAGE)
            .with("Macaroon", hex(zeros)));
  }

  /** One pass over what anybody may send: quadratic work would take minutes. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsLongFieldsInOnePass() {
    String foreign = "a,".repeat(1_500_000);
    assertFound(authorization(foreign + "L402 " + B64 + ":" + PREIMAGE));
    assertMalformed(new Fields().with("Authorization", "L402 " + foreign + ":" + PREIMAGE));
  }

  @Test
  void aCarriedPreimageMustAgreeWithTheOneInTheField() {
    assertFound(authorization("L402 " + B64 + ":" + PREIMAGE));
    String agreeing = base64(carrying(PREIMAGE));
    assertTrue(authorization("L402 " + agreeing + ":" + PREIMAGE).isPresent());
    assertMalformed(
        new Fields().with("Authorization", "L402 " + base64(carrying(OTHER)) + ":" + PREIMAGE));
    assertMalformed(
        new Fields().with("Authorization", "L402 " + base64(carrying("junk")) + ":" + PREIMAGE));
  }

  @Test
  void isInNoOtherField() {
    assertFalse(L402Credential.isIn("X-Token", hex(carrying(PREIMAGE))));
    assertFalse(L402Credential.isIn("Proxy-Authorization", "L402 " + B64 + ":" + PREIMAGE));
  }

  @Test
  void writesWhatItReads() {
    L402Credential credential = L402Credential.parse("L402 " + B64 + ":" + PREIMAGE);
    assertEquals("L402 " + B64 + ":" + PREIMAGE, credential.toAuthorization());
  }

  @Test
  void neverPrintsItsSecrets() {
    L402Credential credential = L402Credential.parse("L402 " + B64 + ":" + PREIMAGE);
    String signature = HexFormat.of().formatHex(TOKEN.signature());
    for (String printed : List.of(credential.toString(), credential.preimage().toString())) {
      assertFalse(printed.contains(PREIMAGE), printed);
      assertFalse(printed.contains(signature), printed);
    }
    MalformedCredentialException refused =
        assertThrows(
            MalformedCredentialException.class,
            () -> L402Credential.parse("L402 " + B64 + "x:" + PREIMAGE));
    assertFalse(refused.getMessage().contains(PREIMAGE));
  }

  @Test
  void readsExactlyOneFromAText() {
    assertThrows(MalformedCredentialException.class, () -> L402Credential.parse("Basic x"));
    assertThrows(
        MalformedCredentialException.class,
        () ->
            L402Credential.parse("L402 " + B64 + ":" + PREIMAGE + ",L402 " + B64 + ":" + PREIMAGE));
  }
}
