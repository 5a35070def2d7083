// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.lightning.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A BOLT 11 invoice: well formed, payable and truly signed by {@link #payee()}. Whether it is still
 * in time, and who the payee is, are for the holder to judge.
 *
 * <p>Texts in it come from whoever made it: escape the description before showing it. Equal to an
 * invoice of the same string. Immutable and safe for use by many threads.
 *
 * @see <a href="https://github.com/lightning/bolts/blob/master/11-payment-encoding.md">BOLT 11</a>
 */
public final class Bolt11 {
  private final String text;
  private final Network network;
  private final Optional<MilliSatoshi> amount;
  private final Instant timestamp;
  private final InvoiceFields fields;

  Bolt11(
      String text,
      Network network,
      Optional<MilliSatoshi> amount,
      Instant timestamp,
      InvoiceFields fields) {
    this.text = text;
    this.network = network;
    this.amount = amount;
    this.timestamp = timestamp;
    this.fields = fields;
  }

  /**
   * Reads an invoice of at most 7089 characters, in lower or in upper case, and checks its
   * signature, which takes some hundred microseconds.
   *
   * @throws MalformedInvoiceException if the string is not an invoice that can be paid
   */
  public static Bolt11 decode(String invoice) {
    return InvoiceCodec.decode(Objects.requireNonNull(invoice, "invoice"));
  }

  /** Begins an invoice of a network. */
  public static Bolt11Builder builder(Network network) {
    return new Bolt11Builder(network);
  }

  /** The invoice as it was read or made, to the letter. */
  public String paymentRequest() {
    return text;
  }

  /** The network to pay on. */
  public Network network() {
    return network;
  }

  /** What to pay; empty if the payer chooses. */
  public Optional<MilliSatoshi> amount() {
    return amount;
  }

  /** The hash of the preimage that payment reveals. */
  public PaymentHash paymentHash() {
    return fields.paymentHash;
  }

  /** What the payer must send along to prove that it knows the invoice. */
  public ByteString paymentSecret() {
    return fields.paymentSecret;
  }

  /** When the invoice was made. */
  public Instant timestamp() {
    return timestamp;
  }

  /** How long after that it can be paid; an hour where it does not say. */
  public Duration expiry() {
    return fields.expiry();
  }

  /** When it can no longer be paid. */
  public Instant expiresAt() {
    return timestamp.plus(expiry());
  }

  /** What the payment is for; empty if only its hash is given. */
  public Optional<String> description() {
    return Optional.ofNullable(fields.description);
  }

  /** The SHA-256 of a description told elsewhere: 32 bytes. */
  public Optional<ByteString> descriptionHash() {
    return Optional.ofNullable(fields.descriptionHash);
  }

  /** What the payer must send along for the payee's own use. */
  public Optional<ByteString> metadata() {
    return Optional.ofNullable(fields.metadata);
  }

  /** Who signed the invoice and is paid. */
  public NodeId payee() {
    return fields.payee;
  }

  /** The features; those that are required are known to this library. */
  public Features features() {
    return fields.features();
  }

  /** The least number of blocks that the last HTLC must have; 18 where the invoice does not say. */
  public long minFinalCltvExpiry() {
    return fields.minFinalCltvExpiry();
  }

  /** Private routes to the payee, each from the public network on. */
  public List<List<RouteHop>> routeHints() {
    return List.copyOf(fields.routeHints);
  }

  /** Addresses to pay on chain, the most preferred first. */
  public List<FallbackAddress> fallbacks() {
    return List.copyOf(fields.fallbacks);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bolt11 that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The same as {@link #paymentRequest()}. */
  @Override
  public String toString() {
    return text;
  }
}
