// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.lightning.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The examples of BOLT 11, made from their fields by our own encoder. */
final class SpecInvoices {
  static final NodeKey KEY =
      NodeKey.of(
          HexFormat.of()
              .parseHex("e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734"));
  static final NodeId NODE =
      NodeId.ofHex("03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad");
  static final Instant TIME = Instant.ofEpochSecond(1496314658);
  static final PaymentHash HASH =
      PaymentHash.ofHex("0001020304050607080900010203040506070809000102030405060708090102");
  static final ByteString SECRET = ByteString.ofHex("11".repeat(32));
  static final ByteString CAKE =
      ByteString.ofHex("3925b6f67e2c340036ed12093dd44e0368df1b6ea26c53dbe4811f58fd5db8c1");
  static final Features USUAL = Features.of(8, 14);
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private SpecInvoices() {}

  static Map<String, Supplier<String>> valid() {
    Map<String, Supplier<String>> all = new LinkedHashMap<>();
    all.put("V1", () -> text(donation()));
    all.put("V2", () -> text(coffee("1 cup coffee")));
    all.put("V3", () -> text(coffee("ナンセンス 1杯")));
    all.put("V4", () -> text(cake("ph")));
    all.put(
        "V5", () -> text(cakeTo(Network.TESTNET, 17, "3172b5654f6683c8fb146959d347ce303cae4ca7")));
    all.put("V6", () -> text(routed()));
    all.put(
        "V7", () -> text(cakeTo(Network.MAINNET, 18, "8f55563b9a19f321c211e9b9f38cdf686ea07845")));
    all.put(
        "V8", () -> text(cakeTo(Network.MAINNET, 0, "751e76e8199196d454941c45d1b3a323f1433bd6")));
    all.put(
        "V9",
        () ->
            text(
                cakeTo(
                    Network.MAINNET,
                    0,
                    "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")));
    all.put("V10", () -> text(taproot()));
    all.put("V11", () -> text(store()));
    all.put("V12", () -> text(beans(99)));
    all.put("V13", () -> text(beans(99)).toUpperCase(Locale.ROOT));
    all.put("V14", () -> text(withFieldsToIgnore(beans(99))));
    all.put("V15", () -> text(metadata()));
    all.put("V16", () -> highS(donation()));
    return all;
  }

  static Map<String, Supplier<String>> rejects() {
    Map<String, Supplier<String>> all = new LinkedHashMap<>();
    all.put("V17", () -> raw(beans(100)));
    all.put("V18", () -> withLastCharacterChanged(text(coffee("1 cup coffee"))));
    all.put("V19", () -> text(donation()).substring("lnbc1".length()));
    all.put("V20", () -> upperPrefix(text(coffee("1 cup coffee"))));
    all.put("V21", () -> unrecoverable(coffee("1 cup coffee")));
    all.put("V22", SpecInvoices::tooShort);
    all.put("V23", () -> rawWithPrefix("lnbc2500x", coffee("1 cup coffee")));
    all.put("V24", () -> rawWithPrefix("lnbc2500000001p", coffee("1 cup coffee")));
    all.put("V25", () -> raw(start("20m").paymentHash(HASH).descriptionHash(CAKE).features(USUAL)));
    all.put("V26", () -> highS(donation().payee(NODE)));
    return all;
  }

  static Bolt11Builder donation() {
    return Bolt11.builder(Network.MAINNET)
        .timestamp(TIME)
        .paymentSecret(SECRET)
        .paymentHash(HASH)
        .description("Please consider supporting this project")
        .features(USUAL);
  }

  static Bolt11Builder coffee(String description) {
    return start("2500u")
        .paymentSecret(SECRET)
        .paymentHash(HASH)
        .description(description)
        .expiry(Duration.ofMinutes(1))
        .features(USUAL);
  }

  private static Bolt11Builder start(String amount) {
    return Bolt11.builder(Network.MAINNET)
        .timestamp(TIME)
        .amount(AmountCodec.decode(amount).orElseThrow());
  }

  private static Bolt11Builder cake(String order) {
    Bolt11Builder builder = start("20m").paymentSecret(SECRET);
    return hashes(builder, order).features(USUAL);
  }

  private static Bolt11Builder hashes(Bolt11Builder builder, String order) {
    return order.equals("ph")
        ? builder.paymentHash(HASH).descriptionHash(CAKE)
        : builder.descriptionHash(CAKE).paymentHash(HASH);
  }

  private static Bolt11Builder cakeTo(Network network, int version, String program) {
    Bolt11Builder builder =
        Bolt11.builder(network)
            .timestamp(TIME)
            .amount(MilliSatoshi.ofSat(2_000_000))
            .paymentSecret(SECRET);
    return hashes(builder, "hp")
        .fallback(new FallbackAddress(version, ByteString.ofHex(program)))
        .features(USUAL);
  }

  private static Bolt11Builder taproot() {
    String program = "0adac43daa9c8a5a68e09ea10692b82226ee190e572db9b90e17a410484ab405";
    return hashes(start("20m").paymentSecret(SECRET), "ph")
        .fallback(new FallbackAddress(1, ByteString.ofHex(program)))
        .features(USUAL);
  }

  private static Bolt11Builder routed() {
    String key = "9e03a901b85534ff1e92c43c74431f7ce72046060fcf7a95c37e148f78c77255";
    String program = "04b61f7dc1ea0dc99424464cc4064dc564d91e89";
    return hashes(start("20m").paymentSecret(SECRET), "ph")
        .fallback(new FallbackAddress(FallbackAddress.P2PKH, ByteString.ofHex(program)))
        .routeHint(
            List.of(
                new RouteHop(NodeId.ofHex("02" + key), 0x0102030405060708L, 1, 20, 3),
                new RouteHop(NodeId.ofHex("03" + key), 0x030405060708090aL, 2, 30, 4)))
        .features(USUAL);
  }

  private static Bolt11Builder store() {
    String hash = "462264ede7e14047e9b249da94fefc47f41f7d02ee9b091815a5506bc8abf75f";
    String hop = "03d06758583bb5154774a6eb221b1276c9e82d65bbaceca806d90e20c108f4b1c7";
    long channel = 589390L << 40 | 3312L << 16 | 1;
    return Bolt11.builder(Network.MAINNET)
        .timestamp(Instant.ofEpochSecond(1572468703))
        .amount(new MilliSatoshi(967878534))
        .paymentHash(PaymentHash.ofHex(hash))
        .description(
            "Blockstream Store: 88.85 USD for Blockstream Ledger Nano S x 1, \"Back In My Day\""
                + " Sticker x 2, \"I Got Lightning Working\" Sticker x 2 and 1 more items")
        .paymentSecret(SECRET)
        .expiry(Duration.ofDays(7))
        .minFinalCltvExpiry(10)
        .routeHint(List.of(new RouteHop(NodeId.ofHex(hop), channel, 1000, 2500, 40)))
        .features(USUAL);
  }

  private static Bolt11Builder beans(int extraFeature) {
    return start("25m")
        .paymentHash(HASH)
        .description("coffee beans")
        .paymentSecret(SECRET)
        .features(Features.of(8, 14, extraFeature));
  }

  private static Bolt11Builder withFieldsToIgnore(Bolt11Builder builder) {
    byte[] addressOfUnknownVersion = new byte[33];
    addressOfUnknownVersion[0] = 19;
    return builder
        .rawField(10, new byte[3])
        .rawField(FieldType.FALLBACK, addressOfUnknownVersion)
        .rawField(FieldType.PAYMENT_HASH, new byte[51])
        .rawField(FieldType.PAYMENT_HASH, new byte[53])
        .rawField(FieldType.DESCRIPTION_HASH, new byte[51])
        .rawField(FieldType.DESCRIPTION_HASH, new byte[53])
        .rawField(FieldType.PAYMENT_SECRET, new byte[51])
        .rawField(FieldType.PAYMENT_SECRET, new byte[53])
        .rawField(FieldType.PAYEE, new byte[52])
        .rawField(FieldType.PAYEE, new byte[54]);
  }

  private static Bolt11Builder metadata() {
    return start("10m")
        .paymentHash(HASH)
        .description("payment metadata inside")
        .metadata(ByteString.ofHex("01fafaf0"))
        .paymentSecret(SECRET)
        .features(Features.of(8, 14, 48));
  }

  static String text(Bolt11Builder builder) {
    return builder.sign(KEY).paymentRequest();
  }

  /** Signed, but not checked as the builder would. */
  static String raw(Bolt11Builder builder) {
    return rawWithPrefix(builder.prefix(), builder);
  }

  static String rawWithPrefix(String prefix, Bolt11Builder builder) {
    byte[] data = builder.data();
    return InvoiceCodec.encode(prefix, data, InvoiceSignature.sign(prefix, data, KEY));
  }

  private static String highS(Bolt11Builder builder) {
    InvoiceSignature low = InvoiceSignature.sign(builder.prefix(), builder.data(), KEY);
    return InvoiceCodec.encode(
        builder.prefix(),
        builder.data(),
        new InvoiceSignature(low.r(), ORDER.subtract(low.s()), low.recoveryId()));
  }

  /** About every other r is no x of a point of the curve. */
  private static String unrecoverable(Bolt11Builder builder) {
    InvoiceSignature good = InvoiceSignature.sign(builder.prefix(), builder.data(), KEY);
    BigInteger r = good.r();
    byte[] hash = new byte[32];
    while (Secp256k1.recover(hash, new InvoiceSignature(r, good.s(), 0)).isPresent()) {
      r = r.add(BigInteger.ONE);
    }
    return InvoiceCodec.encode(
        builder.prefix(), builder.data(), new InvoiceSignature(r, good.s(), 0));
  }

  private static String tooShort() {
    byte[] groups = java.util.Arrays.copyOf(donation().data(), InvoiceSignature.GROUPS + 6);
    return Bech32.encode("lnbc", groups);
  }

  static String withLastCharacterChanged(String text) {
    char last = text.charAt(text.length() - 1);
    return text.substring(0, text.length() - 1) + (last == 'q' ? 'p' : 'q');
  }

  private static String upperPrefix(String text) {
    return text.substring(0, 4).toUpperCase(Locale.ROOT) + text.substring(4);
  }
}
