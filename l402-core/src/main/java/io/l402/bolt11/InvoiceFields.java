// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.PaymentHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the tagged fields of an invoice say. Filled by {@link FieldReader}, then left alone. */
final class InvoiceFields {
  /** What the specification says holds where an invoice is silent. */
  private static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);

  private static final long DEFAULT_MIN_FINAL_CLTV_EXPIRY = 18;

  PaymentHash paymentHash;
  ByteString paymentSecret;
  String description;
  ByteString descriptionHash;
  ByteString metadata;
  NodeId payee;
  Long expirySeconds;
  Long minFinalCltvExpiry;
  Features features;
  final List<FallbackAddress> fallbacks = new ArrayList<>();
  final List<List<RouteHop>> routeHints = new ArrayList<>();

  Duration expiry() {
    return expirySeconds == null ? DEFAULT_EXPIRY : Duration.ofSeconds(expirySeconds);
  }

  long minFinalCltvExpiry() {
    return minFinalCltvExpiry == null ? DEFAULT_MIN_FINAL_CLTV_EXPIRY : minFinalCltvExpiry;
  }

  Features features() {
    return features == null ? Features.NONE : features;
  }

  /**
   * Checks that the invoice can be paid at all.
   *
   * @throws MalformedInvoiceException if not
   */
  void check() {
    if (paymentHash == null) {
      throw new MalformedInvoiceException("bolt 11: no payment hash");
    }
    if (paymentSecret == null) {
      throw new MalformedInvoiceException("bolt 11: no payment secret");
    }
    if ((description == null) == (descriptionHash == null)) {
      throw new MalformedInvoiceException(
          "bolt 11: expected either a description or the hash of one");
    }
    features().checkUnderstood();
  }
}
