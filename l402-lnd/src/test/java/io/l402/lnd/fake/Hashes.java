// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.PaymentHash;

/** Payment hashes from the wire and back. */
final class Hashes {
  private Hashes() {}

  static ByteString bytes(PaymentHash hash) {
    return ByteString.copyFrom(hash.toByteArray());
  }

  /** As lnd reads them, with its complaint. */
  static ByteString checked(ByteString hash) {
    if (hash.size() != PaymentHash.LENGTH) {
      throw LndError.of("payment hash must be exactly 32 bytes, is instead " + hash.size());
    }
    return hash;
  }
}
