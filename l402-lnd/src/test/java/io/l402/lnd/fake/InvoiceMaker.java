// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.Bolt11Builder;
import io.l402.bolt11.Features;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.Network;
import io.l402.lnd.fake.proto.Feature;
import io.l402.lnd.fake.proto.Invoice;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Makes and signs invoices with the checks, the defaults and the field order of lnd. */
final class InvoiceMaker {
  static final long DEFAULT_EXPIRY = 86_400;

  private static final Features FEATURES = Features.of(8, 14, 17, 25);
  private static final Map<Integer, Feature> FEATURE_MAP =
      Map.of(
          8, feature("tlv-onion", true),
          14, feature("payment-addr", true),
          17, feature("multi-path-payments", false),
          25, feature("route-blinding", false));

  private final SecureRandom random = new SecureRandom();
  private final Network network;
  private final NodeKey key;

  InvoiceMaker(Network network, NodeKey key) {
    this.network = network;
    this.key = key;
  }

  private static Feature feature(String name, boolean required) {
    return Feature.newBuilder().setName(name).setIsRequired(required).setIsKnown(true).build();
  }

  Network network() {
    return network;
  }

  NodeKey key() {
    return key;
  }

  ByteString randomBytes() {
    byte[] bytes = new byte[PaymentHash.LENGTH];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  /** An invoice with a preimage, drawn unless the request has one. */
  Invoice make(Invoice request, Instant now) {
    long msat = InvoiceChecks.amount(request);
    Preimage preimage = Preimage.of(preimageOf(request).toByteArray());
    ByteString hash = ByteString.copyFrom(preimage.paymentHash().toByteArray());
    return signed(request.toBuilder().setRHash(hash), msat, now)
        .setRPreimage(ByteString.copyFrom(preimage.toByteArray()))
        .build();
  }

  private ByteString preimageOf(Invoice request) {
    ByteString given = request.getRPreimage();
    return given.isEmpty() ? randomBytes() : InvoiceChecks.preimage(given);
  }

  /** A hold invoice: the request has the hash, and nobody here knows the preimage. */
  Invoice hold(Invoice request, Instant now) {
    long msat = InvoiceChecks.amount(request);
    Hashes.checked(request.getRHash());
    return signed(request.toBuilder(), msat, now).clearRPreimage().build();
  }

  private Invoice.Builder signed(Invoice.Builder invoice, long msat, Instant now) {
    InvoiceChecks.check(invoice);
    invoice
        .setExpiry(invoice.getExpiry() > 0 ? invoice.getExpiry() : DEFAULT_EXPIRY)
        .setCltvExpiry(invoice.getCltvExpiry() > 0 ? invoice.getCltvExpiry() : 80)
        .setCreationDate(now.getEpochSecond())
        .setPaymentAddr(randomBytes())
        .setValueMsat(msat)
        .setValue(msat / 1000)
        .putAllFeatures(FEATURE_MAP);
    return invoice.setPaymentRequest(sign(invoice.build(), network, msat));
  }

  /** The invoice as a string, for the amount and the network given. */
  String sign(Invoice invoice, Network on, long msat) {
    Bolt11Builder bolt11 = Bolt11.builder(on);
    if (msat > 0) {
      bolt11.amount(new MilliSatoshi(msat));
    }
    bolt11.timestamp(Instant.ofEpochSecond(invoice.getCreationDate()));
    bolt11.paymentHash(PaymentHash.of(invoice.getRHash().toByteArray()));
    describe(bolt11, invoice);
    return bolt11
        .minFinalCltvExpiry(invoice.getCltvExpiry())
        .expiry(Duration.ofSeconds(invoice.getExpiry()))
        .paymentSecret(bytes(invoice.getPaymentAddr()))
        .features(FEATURES)
        .sign(key)
        .paymentRequest();
  }

  private static void describe(Bolt11Builder bolt11, Invoice invoice) {
    if (invoice.getDescriptionHash().isEmpty()) {
      bolt11.description(invoice.getMemo());
    } else {
      bolt11.descriptionHash(bytes(invoice.getDescriptionHash()));
    }
  }

  private static io.l402.bolt11.ByteString bytes(ByteString bytes) {
    return io.l402.bolt11.ByteString.of(bytes.toByteArray());
  }
}
