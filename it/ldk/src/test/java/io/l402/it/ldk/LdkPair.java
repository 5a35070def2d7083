// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ldk.structs.Event;

/** Two nodes and a channel between them, all on the payer's side. */
final class LdkPair implements AutoCloseable {
  private static final long CAPACITY_SAT = 1_000_000;
  private static final long PUSH_MSAT = 1_000;
  private static final int CONFIRMATIONS = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final LdkNode payer;
  final LdkNode payee;

  private LdkPair(LdkNode payer, LdkNode payee) {
    this.payer = payer;
    this.payee = payee;
  }

  static LdkPair open() throws Exception {
    LdkPair pair = new LdkPair(new LdkNode(1), new LdkNode(2));
    pair.connect();
    pair.openChannel();
    return pair;
  }

  private void connect() throws IOException {
    payer.connect(payee);
    await().atMost(PATIENCE).until(() -> payer.hasPeer() && payee.hasPeer());
  }

  private void openChannel() throws Exception {
    CompletableFuture<Event.FundingGenerationReady> ready =
        payer.next(Event.FundingGenerationReady.class);
    require(
        payer.manager().create_channel(payee.nodeId(), CAPACITY_SAT, PUSH_MSAT, 42, null).is_ok());
    payer.flush();
    Event.FundingGenerationReady event = ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    byte[] funding = LdkChain.payTo(event.output_script, event.channel_value_satoshis);
    require(
        payer.manager().funding_transaction_generated(event.temporary_channel_id, funding).is_ok());
    payer.flush();
    await().atMost(PATIENCE).until(() -> isFunded(payer) && isFunded(payee));
    new LdkChain().mine(CONFIRMATIONS, funding, List.of(payer, payee));
    payer.flush();
    payee.flush();
    await().atMost(PATIENCE).until(() -> isUsable(payer) && isUsable(payee));
  }

  /** Both must watch for the transaction before it is mined. */
  private static boolean isFunded(LdkNode node) {
    var channels = node.manager().list_channels();
    return channels.length == 1 && channels[0].get_funding_txo() != null;
  }

  private static boolean isUsable(LdkNode node) {
    return node.manager().list_usable_channels().length == 1;
  }

  private static void require(boolean ok) {
    if (!ok) {
      throw new IllegalStateException("LDK would not open the channel");
    }
  }

  @Override
  public void close() {
    payer.close();
    payee.close();
  }
}
