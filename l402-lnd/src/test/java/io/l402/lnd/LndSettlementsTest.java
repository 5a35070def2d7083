// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.PaymentHash;
import io.l402.lightning.SettlementFeed;
import io.l402.lnd.fake.EventOrder;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.SettableClock;
import io.l402.lnd.fake.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments are heard of, whatever becomes of the stream, of lnd and of this process. */
class LndSettlementsTest {
  private static final int MANY = 300;

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock();
  private final Sales sales = new Sales();
  private FakeLnd lnd = FakeLnd.builder().clock(clock).start();
  private Till till = Till.open(lnd);
  private SettlementFeed feed;

  @AfterEach
  void close() {
    if (feed != null) {
      feed.close();
    }
    till.close();
    lnd.close();
  }

  private Path cursor() {
    return folder.resolve("cursor");
  }

  private void listen() {
    feed = SettlementFeed.open(till.backend, Optional.of(cursor()), sales);
  }

  /** Listens, and waits until lnd knows. */
  private void listening() {
    listen();
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() > 0);
  }

  private List<PaymentHash> invoices(int count) {
    List<PaymentHash> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hashes.add(lnd.addForeign("L402 weather shop.example", 10_000));
    }
    return hashes;
  }

  private List<PaymentHash> paid(int count) {
    List<PaymentHash> hashes = invoices(count);
    hashes.forEach(lnd::settle);
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killingLndInTheMiddleLosesNothingAndRepeatsNothing(boolean crash) {
    listening();
    List<PaymentHash> hashes = invoices(MANY);
    for (int i = 0; i < MANY; i++) {
      lnd.settle(hashes.get(i));
      if (i == 75) {
        restart(crash);
      } else if (i == 150) {
        lnd.settleThenDropStream(lnd.addForeign("L402 weather", 1000));
      } else if (i == 225) {
        lnd.wire().cut();
      }
    }
    List<PaymentHash> all = lnd.invoices().stream().map(LndSettlementsTest::hash).toList();
    sales.awaitAll(all);
    sales.assertExactly(all);
  }

  private void restart(boolean crash) {
    if (crash) {
      lnd.crash();
      lnd.start();
    } else {
      lnd.restart();
    }
  }

  private static PaymentHash hash(io.l402.lnd.fake.proto.Invoice invoice) {
    return PaymentHash.of(invoice.getRHash().toByteArray());
  }

  /** This process dies: what it was told after it last wrote the cursor is told again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 299})
  void killingThisSideInTheMiddleLosesNothing(int diesAfter) throws Exception {
    listening();
    List<PaymentHash> hashes = invoices(MANY);
    hashes.subList(0, diesAfter).forEach(lnd::settle);
    await().atMost(Till.PATIENCE).until(() -> sales.count() > 0 && Files.exists(cursor()));
    Path asItWas = folder.resolve("cursor-of-the-dead");
    // Not closed: a process that is killed writes nothing any more, and its lock goes with it.
    Files.copy(cursor(), asItWas);
    till.lnd.close();
    hashes.subList(diesAfter, MANY).forEach(lnd::settle);
    till = Till.open(lnd);
    Sales after = new Sales();
    feed = SettlementFeed.open(till.backend, Optional.of(asItWas), after);
    after.awaitAll(hashes.subList(diesAfter, MANY));
    await().atMost(Till.PATIENCE).until(() -> union(after).containsAll(hashes));
  }

  private Set<PaymentHash> union(Sales after) {
    Set<PaymentHash> all = new HashSet<>(sales.all());
    all.addAll(after.all());
    return all;
  }

  @Test
  void goesOnAfterAnOrderlyEndWithoutRepeating() {
    listening();
    sales.awaitAll(paid(10));
    feed.close();
    till.close();
    List<PaymentHash> meanwhile = paid(10);
    long lists = lnd.calls("ListInvoices");
    till = Till.open(lnd);
    Sales after = new Sales();
    feed = SettlementFeed.open(till.backend, Optional.of(cursor()), after);
    after.awaitAll(meanwhile);
    after.assertExactly(meanwhile);
    assertEquals(lists, lnd.calls("ListInvoices"), "the cursor spares the list");
  }

  @Test
  void hearsOfThePastInPages() {
    List<PaymentHash> past = paid(450);
    listen();
    sales.awaitAll(past);
    sales.assertExactly(past);
    assertTrue(lnd.calls("ListInvoices") >= 3, "it is asked for in pages");
  }

  @ParameterizedTest
  @EnumSource(
      value = EventOrder.class,
      names = {"DUPLICATED", "SWAPPED"})
  void strangeOrdersOfEventsLoseNothingAndRepeatNothing(EventOrder order) {
    lnd.faults().events(order);
    listening();
    List<PaymentHash> hashes = paid(40);
    sales.awaitAll(hashes);
    sales.assertExactly(hashes);
  }

  /** With its SQL database lnd replays by the age of the invoice, not in the order of payment. */
  @Test
  void replaysInTheOrderOfAddingLoseNothing() {
    till.close();
    lnd.close();
    lnd = FakeLnd.builder().clock(clock).nativeSqlOrder(true).start();
    till = Till.open(lnd);
    listening();
    List<PaymentHash> hashes = invoices(100);
    lnd.settle(hashes.get(50));
    sales.awaitAll(hashes.subList(50, 51));
    feed.close();
    List<PaymentHash> backwards = new ArrayList<>(hashes);
    Collections.reverse(backwards);
    backwards.remove(hashes.get(50));
    backwards.forEach(lnd::settle);
    Sales after = new Sales();
    feed = SettlementFeed.open(till.backend, Optional.of(cursor()), after);
    after.awaitAll(backwards);
    after.assertExactly(backwards);
  }

  @Test
  void leavesOutWhatIsNoneOfItsBusiness() {
    listening();
    PaymentHash foreign = lnd.addForeign("coffee", 5000);
    lnd.settle(foreign);
    lnd.keysend(1000);
    lnd.amp(1000);
    List<PaymentHash> hashes = paid(3);
    sales.awaitAll(hashes);
    sales.assertExactly(hashes);
  }

  /** A number that never comes holds the cursor back until an invoice comes that is new. */
  @Test
  void aGapInTheNumbersIsGotOver() throws Exception {
    List<PaymentHash> past = paid(1);
    listening();
    sales.awaitAll(past);
    lnd.skipSettleIndexes(3);
    sales.awaitAll(paid(5));
    sales.awaitAll(paid(1));
    feed.close();
    feed = null;
    assertTrue(Files.readString(cursor()).startsWith("10,10,"), Files.readString(cursor()));
  }

  /** Settled after the list was read and before lnd began the stream, which tells of no past. */
  @Test
  void hearsOfThePaymentThatFellBetweenListAndStream() {
    PaymentHash between = invoices(1).get(0);
    AtomicBoolean paid = new AtomicBoolean();
    lnd.faults()
        .beforeSubscribing(
            () -> {
              if (paid.compareAndSet(false, true)) {
                lnd.settle(between);
              }
            });
    listen();
    sales.awaitAll(List.of(between));
    sales.assertExactly(List.of(between));
  }

  /**
   * The second list fails: the stream that stood is given up with it, not kept beside a new one.
   */
  @Test
  void neverHasTwoStreams() {
    listening();
    lnd.faults().on("ListInvoices").times(1).status(io.grpc.Status.UNAVAILABLE);
    await().atMost(Till.PATIENCE).until(() -> lnd.calls("SubscribeInvoices") >= 2);
    List<PaymentHash> hashes = paid(3);
    sales.awaitAll(hashes);
    assertEquals(1, lnd.subscribers());
    feed.close();
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() == 0);
    sales.assertExactly(hashes);
  }

  /** Somebody who hears of payments is stuck: the end does not wait for that. */
  @Test
  void endsWhileAListenerIsStuck() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AutoCloseable subscription =
        till.lnd.subscribeSettlements(
            "",
            (hash, cursor) -> {
              stuck.countDown();
              awaitUninterruptibly(release);
            });
    paid(1);
    assertTrue(stuck.await(Till.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    CompletableFuture.runAsync(() -> close(subscription))
        .get(Till.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() == 0);
    release.countDown();
  }

  private static void close(AutoCloseable subscription) {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closed while the anchor is looked up: no stream begins that nobody would end. */
  @Test
  void beginsNoStreamAfterItsEnd() throws Exception {
    listening();
    sales.awaitAll(paid(1));
    feed.close();
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() == 0);
    long streams = lnd.calls("SubscribeInvoices");
    long lookups = lnd.calls("LookupInvoice");
    lnd.faults().on("LookupInvoice").latency(Duration.ofMillis(300));
    String cursor = Files.readString(cursor()).strip();
    AutoCloseable subscription = till.lnd.subscribeSettlements(cursor, (hash, at) -> {});
    await().atMost(Till.PATIENCE).until(() -> lnd.calls("LookupInvoice") > lookups);
    subscription.close();
    till.lnd.lookupInvoice(PaymentHash.ofHex("5a".repeat(32))).toCompletableFuture().join();
    till.health();
    assertEquals(streams, lnd.calls("SubscribeInvoices"));
    assertEquals(0, lnd.subscribers());
  }

  @Test
  void goesOnAfterAListenerFailedInEveryWay() throws Exception {
    Sales all = new Sales();
    List<PaymentHash> past = paid(3);
    AutoCloseable subscription =
        till.lnd.subscribeSettlements(
            "",
            (hash, cursor) -> {
              all.accept(hash);
              throw new NoClassDefFoundError("of the application's");
            });
    all.awaitAll(past);
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() > 0);
    all.awaitAll(paid(2));
    subscription.close();
  }

  @Test
  void restoredFromABackupTellsWhatIsNew() {
    listening();
    sales.awaitAll(paid(5));
    Snapshot backup = lnd.snapshot();
    sales.awaitAll(paid(5));
    int before = sales.count();
    lnd.stop();
    lnd.restore(backup);
    lnd.start();
    List<PaymentHash> after = paid(3);
    sales.awaitAll(after);
    assertEquals(before + 3, sales.count(), "what is remembered is not told again");
  }

  @Test
  void restoredWhileThisSideWasDownTellsWhatIsNew() {
    listening();
    sales.awaitAll(paid(5));
    Snapshot backup = lnd.snapshot();
    sales.awaitAll(paid(5));
    feed.close();
    lnd.stop();
    lnd.restore(backup);
    lnd.start();
    List<PaymentHash> after = paid(8);
    listen();
    sales.awaitAll(after);
  }

  /** A stream is only for events: neither challenges nor tokens wait for it. */
  @Test
  void aCutStreamAffectsEventsOnly() {
    listening();
    String sold = till.buy(lnd);
    lnd.faults().on("SubscribeInvoices").status(io.grpc.Status.UNAVAILABLE);
    lnd.cutStreams();
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() == 0);
    till.assertGranted(sold);
    till.challenge();
    List<PaymentHash> unheard = paid(2);
    lnd.faults().clear();
    sales.awaitAll(unheard);
  }

  @Test
  void triesAgainWithPatienceWhileTheMacaroonForbidsIt() {
    till.close();
    Path minting = lnd.bake(folder.resolve("minting"), "uri:/lnrpc.Lightning/AddInvoice");
    till = Till.open(Till.settings(lnd).macaroon(minting).build());
    listen();
    await().atMost(Till.PATIENCE).until(() -> lnd.calls("ListInvoices") >= 2);
    till.challenge();
    List<PaymentHash> unheard = paid(1);
    lnd.bake(minting, "invoices:read", "invoices:write");
    sales.awaitAll(unheard);
  }

  @Test
  void isSilentAfterItsEnd() {
    listening();
    sales.awaitAll(paid(1));
    feed.close();
    await().atMost(Till.PATIENCE).until(() -> lnd.subscribers() == 0);
    paid(1);
    assertEquals(1, sales.count());
    assertFalse(till.health().detail().isEmpty());
  }
}
