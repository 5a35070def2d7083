// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.PaymentHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The payments that somebody was told of, in order. */
final class Sales implements Consumer<PaymentHash> {
  private final List<PaymentHash> told = new CopyOnWriteArrayList<>();

  @Override
  public void accept(PaymentHash paymentHash) {
    told.add(paymentHash);
  }

  List<PaymentHash> all() {
    return told;
  }

  int count() {
    return told.size();
  }

  /** Each of these was told, some perhaps twice. */
  void awaitAll(Collection<PaymentHash> paid) {
    await().atMost(Till.PATIENCE).until(() -> told.containsAll(paid));
  }

  /** Each of these was told once, and no other. */
  void assertExactly(Collection<PaymentHash> paid) {
    assertEquals(hexes(paid), hexes(told));
    assertEquals(told.size(), Set.copyOf(told).size(), "some were told twice");
  }

  private static List<String> hexes(Collection<PaymentHash> hashes) {
    List<String> hexes =
        new ArrayList<>(new TreeSet<>(hashes.stream().map(PaymentHash::toHex).toList()));
    return hexes;
  }
}
