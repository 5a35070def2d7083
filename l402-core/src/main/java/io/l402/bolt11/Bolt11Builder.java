// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.lightning.Network;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Makes an invoice. Tagged fields stand in the order in which they are added; a payment hash, a
 * payment secret and a description or its hash must be there. For use by one thread.
 */
public final class Bolt11Builder {
  private final Network network;
  private final ByteArrayOutputStream fields = new ByteArrayOutputStream();
  private String amount = "";
  private Instant timestamp;

  Bolt11Builder(Network network) {
    this.network = Objects.requireNonNull(network, "network");
  }

  /**
   * What to pay; without it the payer chooses.
   *
   * @throws IllegalArgumentException if it is zero
   */
  public Bolt11Builder amount(MilliSatoshi value) {
    if (value.isZero()) {
      throw new IllegalArgumentException("invoice: an amount of 0 lets the payer choose");
    }
    amount = AmountCodec.encode(value);
    return this;
  }

  /**
   * When the invoice is made; parts of a second are dropped. Required.
   *
   * @throws IllegalArgumentException if it is before 1970 or does not fit 35 bits
   */
  public Bolt11Builder timestamp(Instant value) {
    if (value.getEpochSecond() < 0 || value.getEpochSecond() > InvoiceCodec.MAX_TIMESTAMP) {
      throw new IllegalArgumentException("invoice: the time does not fit 35 bits");
    }
    timestamp = value;
    return this;
  }

  /** Adds the hash of the preimage. */
  public Bolt11Builder paymentHash(PaymentHash value) {
    return bytes(FieldType.PAYMENT_HASH, value.toByteArray());
  }

  /** Adds what the payer must send along: 32 bytes. */
  public Bolt11Builder paymentSecret(ByteString value) {
    return bytes(FieldType.PAYMENT_SECRET, value.toByteArray());
  }

  /** Adds what the payment is for: at most 639 bytes of UTF-8. */
  public Bolt11Builder description(String value) {
    return bytes(FieldType.DESCRIPTION, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the SHA-256 of a description told elsewhere: 32 bytes. */
  public Bolt11Builder descriptionHash(ByteString value) {
    return bytes(FieldType.DESCRIPTION_HASH, value.toByteArray());
  }

  /** Adds what the payer must send along for the payee's own use. */
  public Bolt11Builder metadata(ByteString value) {
    return bytes(FieldType.METADATA, value.toByteArray());
  }

  /** Adds the payee's name, which must be that of the key that signs. */
  public Bolt11Builder payee(NodeId value) {
    return bytes(FieldType.PAYEE, value.toByteArray());
  }

  /**
   * Adds how long the invoice can be paid; parts of a second are dropped.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Bolt11Builder expiry(Duration value) {
    return number(FieldType.EXPIRY, value.toSeconds());
  }

  /**
   * Adds the least number of blocks that the last HTLC must have.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Bolt11Builder minFinalCltvExpiry(long blocks) {
    return number(FieldType.MIN_FINAL_CLTV_EXPIRY, blocks);
  }

  /** Adds the features. */
  public Bolt11Builder features(Features value) {
    return rawField(FieldType.FEATURES, value.toGroups());
  }

  /** Adds a private route to the payee, from the public network on. */
  public Bolt11Builder routeHint(List<RouteHop> hops) {
    return bytes(FieldType.ROUTE_HINT, RouteHintCodec.encode(hops));
  }

  /** Adds an address to pay on chain. */
  public Bolt11Builder fallback(FallbackAddress value) {
    byte[] program = FiveBits.fromBytes(value.program().toByteArray());
    byte[] groups = new byte[program.length + 1];
    groups[0] = (byte) value.version();
    System.arraycopy(program, 0, groups, 1, program.length);
    return rawField(FieldType.FALLBACK, groups);
  }

  /** Adds a field of any type, as groups of five bits. */
  Bolt11Builder rawField(int type, byte[] groups) {
    if (groups.length > FieldType.MAX_GROUPS) {
      throw new IllegalArgumentException("invoice: a field is longer than 639 bytes");
    }
    fields.write(type);
    fields.write(groups.length >> 5);
    fields.write(groups.length & 31);
    fields.writeBytes(groups);
    return this;
  }

  /**
   * Signs the invoice: deterministic, by RFC 6979.
   *
   * @throws IllegalStateException if it could not be decoded again; the message says why
   */
  public Bolt11 sign(NodeKey key) {
    try {
      return InvoiceCodec.sign(prefix(), data(), key);
    } catch (MalformedInvoiceException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The human-readable part. */
  String prefix() {
    return network.prefix() + amount;
  }

  /** The time and the fields: all but the signature. */
  byte[] data() {
    if (timestamp == null) {
      throw new IllegalStateException("invoice: no timestamp");
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(FiveBits.fromLong(timestamp.getEpochSecond(), InvoiceCodec.TIMESTAMP_GROUPS));
    data.writeBytes(fields.toByteArray());
    return data.toByteArray();
  }

  private Bolt11Builder bytes(int type, byte[] bytes) {
    return rawField(type, FiveBits.fromBytes(bytes));
  }

  private Bolt11Builder number(int type, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("invoice: a negative number");
    }
    return rawField(type, FiveBits.fromLong(value));
  }
}
