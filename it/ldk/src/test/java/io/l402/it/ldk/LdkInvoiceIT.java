// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.Features;
import io.l402.bolt11.NodeId;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ldk.enums.Currency;
import org.ldk.structs.Invoice;
import org.ldk.structs.Option_u64Z;
import org.ldk.structs.Result_InvoiceSignOrCreationErrorZ.Result_InvoiceSignOrCreationErrorZ_OK;
import org.ldk.structs.UtilMethods;

/** Our codec and LDK's read each other's invoices alike. */
@ExtendWith(LdkLibrary.class)
class LdkInvoiceIT {
  private static LdkNode node;

  @BeforeAll
  static void start() throws Exception {
    node = new LdkNode(7);
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void ldkReadsWhatWeSign() {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      NodeKey key = key(random);
      for (Network network : currencies().keySet()) {
        Bolt11 ours = invoice(network, random).sign(key);
        assertAlike(ours, LdkPayer.read(ours.paymentRequest()));
      }
    }
  }

  @Test
  void weReadWhatLdkSigns() {
    for (long msat : new long[] {1, 999, 1000, 12_345, 100_000, 2_500_000_000L}) {
      Invoice theirs = ldkInvoice(msat);
      Bolt11 ours = Bolt11.decode(theirs.to_str());
      assertAlike(ours, theirs);
      assertEquals(NodeId.of(node.nodeId()), ours.payee());
      assertEquals(node.key().nodeId(), ours.payee());
      assertEquals(Optional.of("from ldk"), ours.description());
    }
  }

  /** Not a constant: LDK's enums need its library loaded, which the first node sees to. */
  private static Map<Network, Currency> currencies() {
    return Map.of(
        Network.MAINNET, Currency.LDKCurrency_Bitcoin,
        Network.TESTNET, Currency.LDKCurrency_BitcoinTestnet,
        Network.REGTEST, Currency.LDKCurrency_Regtest);
  }

  private static Invoice ldkInvoice(long msat) {
    return ((Result_InvoiceSignOrCreationErrorZ_OK)
            UtilMethods.create_invoice_from_channelmanager(
                node.manager(),
                node.keys(),
                Currency.LDKCurrency_Regtest,
                Option_u64Z.some(msat),
                "from ldk"))
        .res;
  }

  private static void assertAlike(Bolt11 ours, Invoice theirs) {
    assertEquals(currencies().get(ours.network()), theirs.currency());
    assertEquals(
        ours.amount().map(MilliSatoshi::msat),
        theirs.amount_milli_satoshis() instanceof Option_u64Z.Some some
            ? Optional.of(some.some)
            : Optional.empty());
    assertArrayEquals(ours.paymentHash().toByteArray(), theirs.payment_hash());
    assertArrayEquals(ours.paymentSecret().toByteArray(), theirs.payment_secret());
    assertArrayEquals(ours.payee().toByteArray(), theirs.recover_payee_pub_key());
    assertEquals(ours.timestamp().getEpochSecond(), theirs.timestamp());
    assertEquals(ours.expiry().toSeconds(), theirs.expiry_time());
    assertEquals(ours.minFinalCltvExpiry(), theirs.min_final_cltv_expiry());
    assertEquals(ours.paymentRequest(), theirs.to_str());
  }

  private static io.l402.bolt11.Bolt11Builder invoice(Network network, Random random) {
    return Bolt11.builder(network)
        .amount(new MilliSatoshi(1 + (random.nextLong() >>> 25 + random.nextInt(35))))
        .timestamp(Instant.ofEpochSecond(1_600_000_000L + random.nextInt(200_000_000)))
        .paymentHash(PaymentHash.of(bytes(random)))
        .description("\u26a1 ".repeat(random.nextInt(100)))
        .minFinalCltvExpiry(18 + random.nextInt(1000))
        .expiry(Duration.ofSeconds(1 + random.nextInt(1_000_000)))
        .paymentSecret(ByteString.of(bytes(random)))
        .features(Features.of(8, 14, 17));
  }

  private static NodeKey key(Random random) {
    byte[] bytes = bytes(random);
    bytes[0] = 1;
    return NodeKey.of(bytes);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
