// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.ChallengeFormat;
import io.l402.L402Challenge;
import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.TokenId;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import io.l402.testkit.FakeLightning;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Challenges for tests. */
final class Challenges {
  static final ChallengeSettings SETTINGS =
      new ChallengeSettings(
          ChallengeFormat.DEFAULT,
          402,
          Duration.ofMinutes(10),
          Duration.ofSeconds(2),
          32,
          ChallengeLimits.OFF);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Challenges() {}

  /** A challenge for so many millisatoshi, with these caveats. */
  static L402Challenge of(long msat, String... caveats) {
    return of("test", msat, caveats);
  }

  /** The largest challenge there can be: it does not fit into header fields. */
  static L402Challenge huge() {
    String more = "=" + "x".repeat(985);
    return of(
        "m".repeat(639), 1_000, "services=a:0", "a" + more, "b" + more, "c" + more, "d" + more);
  }

  private static L402Challenge of(String memo, long msat, String... caveats) {
    try (FakeLightning node = FakeLightning.create()) {
      InvoiceRequest request =
          new InvoiceRequest(new MilliSatoshi(msat), memo, Duration.ofMinutes(10));
      Invoice made = node.createInvoice(request).toCompletableFuture().join();
      Bolt11 invoice = Bolt11.decode(made.paymentRequest());
      L402Identifier identifier = new L402Identifier(made.paymentHash(), TokenId.random(RANDOM));
      List<byte[]> bytes =
          Arrays.stream(caveats).map(c -> c.getBytes(StandardCharsets.UTF_8)).toList();
      Macaroon macaroon =
          Macaroon.mint(RootKey.random(RANDOM), "lsat", identifier.toByteArray(), bytes);
      return L402Challenge.of(macaroon, invoice);
    }
  }
}
