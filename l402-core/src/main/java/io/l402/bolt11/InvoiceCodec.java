// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import io.l402.lightning.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The whole string: human-readable part, time, fields, signature. */
final class InvoiceCodec {
  /** The longest string that is looked at; what lnd takes, too. */
  static final int MAX_LENGTH = 7089;

  /** How many groups the time has. */
  static final int TIMESTAMP_GROUPS = 7;

  /** The last second such a time can tell. */
  static final long MAX_TIMESTAMP = (1L << 5 * TIMESTAMP_GROUPS) - 1;

  /** Longest prefix first: {@code lnbcrt} begins with {@code lnbc}. */
  private static final List<Network> NETWORKS =
      Arrays.stream(Network.values())
          .sorted(Comparator.comparing((Network n) -> n.prefix().length()).reversed())
          .toList();

  private InvoiceCodec() {}

  static Bolt11 decode(String text) {
    checkLength(text);
    Bech32.Decoded bech32 = Bech32.decode(text);
    int dataLength = bech32.groups.length - InvoiceSignature.GROUPS;
    if (dataLength < TIMESTAMP_GROUPS) {
      throw new MalformedInvoiceException("bolt 11: too short for a time and a signature");
    }
    byte[] data = Arrays.copyOf(bech32.groups, dataLength);
    byte[] signature = Arrays.copyOfRange(bech32.groups, dataLength, bech32.groups.length);
    return invoice(
        text,
        bech32.prefix,
        data,
        named -> InvoiceSignature.read(signature).signer(bech32.prefix, data, named));
  }

  /** Signs; what it makes has passed all checks of decoding but that of its own signature. */
  static Bolt11 sign(String prefix, byte[] data, NodeKey key) {
    String text = encode(prefix, data, InvoiceSignature.sign(prefix, data, key));
    checkLength(text);
    return invoice(text, prefix, data, named -> signer(named, key.nodeId()));
  }

  private static NodeId signer(NodeId named, NodeId signer) {
    if (named != null && !named.equals(signer)) {
      throw new MalformedInvoiceException("bolt 11: the named node is not the one that signs");
    }
    return signer;
  }

  private static void checkLength(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedInvoiceException(
          "bolt 11: " + text.length() + " characters exceed " + MAX_LENGTH);
    }
  }

  static String encode(String prefix, byte[] data, InvoiceSignature signature) {
    byte[] end = signature.toGroups();
    byte[] groups = Arrays.copyOf(data, data.length + end.length);
    System.arraycopy(end, 0, groups, data.length, end.length);
    return Bech32.encode(prefix, groups);
  }

  /** The signature comes last: checking it costs more than everything before. */
  private static Bolt11 invoice(
      String text, String prefix, byte[] data, UnaryOperator<NodeId> signer) {
    InvoiceFields fields = FieldReader.read(data, TIMESTAMP_GROUPS);
    Network network = network(prefix);
    Optional<MilliSatoshi> amount = AmountCodec.decode(prefix.substring(network.prefix().length()));
    Instant timestamp = Instant.ofEpochSecond(FiveBits.toLongPadded(data, TIMESTAMP_GROUPS));
    checkExpiry(timestamp, fields.expiry());
    fields.payee = signer.apply(fields.payee);
    return new Bolt11(text, network, amount, timestamp, fields);
  }

  private static Network network(String prefix) {
    return NETWORKS.stream()
        .filter(n -> prefix.startsWith(n.prefix()))
        .findFirst()
        .orElseThrow(() -> new MalformedInvoiceException("bolt 11: no such network"));
  }

  private static void checkExpiry(Instant timestamp, Duration expiry) {
    if (expiry.compareTo(Duration.between(timestamp, Instant.MAX)) > 0) {
      throw new MalformedInvoiceException("bolt 11: it expires after the end of time");
    }
  }
}
