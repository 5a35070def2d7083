// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.Features;
import io.l402.bolt11.NodeId;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.Network;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Signs invoices for regtest, with the fields and in the order that lnd writes them. */
final class FakeSigner {
  static final Network NETWORK = Network.REGTEST;

  private static final long MIN_FINAL_CLTV_EXPIRY = 80;
  private static final Features FEATURES =
      Features.of(Features.VAR_ONION, Features.PAYMENT_SECRET, Features.BASIC_MPP_OPTIONAL);

  private final SecureRandom random = new SecureRandom();
  private final NodeKey key;
  private final Clock clock;

  FakeSigner(NodeKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  NodeId nodeId() {
    return key.nodeId();
  }

  Preimage newPreimage() {
    return Preimage.of(randomBytes());
  }

  Bolt11 sign(PaymentHash hash, MilliSatoshi amount, String memo, Duration expiry) {
    return Bolt11.builder(NETWORK)
        .amount(amount)
        .timestamp(clock.instant())
        .paymentHash(hash)
        .description(memo)
        .minFinalCltvExpiry(MIN_FINAL_CLTV_EXPIRY)
        .expiry(expiry)
        .paymentSecret(ByteString.of(randomBytes()))
        .features(FEATURES)
        .sign(key);
  }

  byte[] randomBytes() {
    byte[] bytes = new byte[Preimage.LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }
}
