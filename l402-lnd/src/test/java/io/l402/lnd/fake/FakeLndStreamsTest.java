// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.l402.PaymentHash;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoiceSubscription;
import io.l402.lnd.fake.proto.SubscribeSingleInvoiceRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears what, and what of it is repeated. */
class FakeLndStreamsTest {
  private FakeLnd lnd = FakeLnd.create();
  private Client client = new Client(lnd);

  @AfterEach
  void close() {
    client.close();
    lnd.close();
  }

  private Events subscribe(long addIndex, long settleIndex) {
    Events events = new Events();
    int before = lnd.subscribers();
    client
        .streams()
        .subscribeInvoices(
            InvoiceSubscription.newBuilder()
                .setAddIndex(addIndex)
                .setSettleIndex(settleIndex)
                .build(),
            events);
    await().until(() -> lnd.subscribers() == before + 1);
    return events;
  }

  private static void assertSeen(Events events, String... expected) {
    await().untilAsserted(() -> assertEquals(List.of(expected), events.seen()));
  }

  @Test
  void repeatsNothingForZeroAndNeverTellsOfHeldOrCanceledInvoices() {
    lnd.settle(lnd.addForeign("before", 1));
    Events events = subscribe(0, 0);
    PaymentHash held = lnd.addForeign("held", 1);
    lnd.accept(held);
    lnd.cancel(lnd.addForeign("canceled", 1));
    lnd.settle(held);
    assertSeen(events, "OPEN 2/0", "OPEN 3/0", "SETTLED 2/2");
  }

  @Test
  void repeatsWhatWasAddedThenWhatWasSettledThenGoesOn() {
    PaymentHash first = lnd.addForeign("1", 1);
    PaymentHash second = lnd.addForeign("2", 1);
    lnd.cancel(lnd.addForeign("3", 1));
    PaymentHash fourth = lnd.addForeign("4", 1);
    lnd.settle(fourth);
    lnd.settle(second);
    Events events = subscribe(1, 1);
    lnd.settle(first);
    assertSeen(events, "SETTLED 2/2", "SETTLED 4/1", "SETTLED 2/2", "SETTLED 1/3");
  }

  @Test
  void repeatsSettlementsInTheOrderOfAddingWithTheSqlStore() {
    close();
    lnd = FakeLnd.builder().nativeSqlOrder(true).start();
    client = new Client(lnd);
    List<PaymentHash> hashes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hashes.add(lnd.addForeign("m", 1));
    }
    lnd.settle(lnd.addForeign("m", 1));
    lnd.settle(hashes.get(2));
    lnd.settle(hashes.get(0));
    assertSeen(subscribe(0, 1), "SETTLED 1/3", "SETTLED 3/2");
  }

  @Test
  void tellsTwiceWhatHappensWhileTheBacklogIsLookedUp() {
    lnd.settle(lnd.addForeign("m", 1));
    PaymentHash hash = lnd.addForeign("m", 1);
    lnd.faults().beforeBacklog(() -> lnd.settle(hash));
    assertSeen(subscribe(0, 1), "SETTLED 2/2", "SETTLED 2/2");
  }

  @Test
  void tellsNothingToWhoAsksForMoreThanARestoredNodeHas() {
    Snapshot backup = lnd.snapshot();
    lnd.settle(lnd.addForeign("lost", 1));
    lnd.restore(backup);
    Events ahead = subscribe(5, 1);
    Events fresh = subscribe(0, 0);
    lnd.settle(lnd.addForeign("m", 1));
    assertSeen(fresh, "OPEN 1/0", "SETTLED 1/1");
    assertSeen(ahead);
  }

  @Test
  void skipsRepeatsAndSwapsOnDemand() {
    List<PaymentHash> hashes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hashes.add(lnd.addForeign("m", 1));
    }
    lnd.faults().events(EventOrder.SWAPPED);
    Events events = subscribe(0, 0);
    lnd.settle(hashes.get(0));
    lnd.skipSettleIndexes(2);
    lnd.settle(hashes.get(1));
    lnd.faults().events(EventOrder.DUPLICATED);
    lnd.settle(hashes.get(2));
    assertSeen(events, "SETTLED 2/4", "SETTLED 1/1", "SETTLED 3/5", "SETTLED 3/5");
  }

  @Test
  void hasPaymentsThatAreNoInvoices() {
    Events events = subscribe(0, 0);
    lnd.keysend(1000);
    lnd.amp(2000);
    assertSeen(events, "SETTLED 1/1", "SETTLED 2/2");
    Invoice amp = lnd.invoices().get(1);
    assertTrue(amp.getIsAmp() && amp.getRHash().isEmpty());
    assertTrue(lnd.invoices().get(0).getIsKeysend());
  }

  @Test
  void endsStreamsWellWhenItStopsAndBadlyWhenItDies() {
    Events stopped = subscribe(0, 0);
    lnd.restart();
    assertEquals(Status.Code.OK, stopped.end().getCode());

    Events killed = subscribe(0, 0);
    lnd.crash();
    assertEquals(Status.Code.UNAVAILABLE, killed.end().getCode());

    lnd.start();
    Events cut = subscribe(0, 0);
    PaymentHash hash = lnd.addForeign("m", 1);
    lnd.settleThenDropStream(hash);
    assertEquals(Status.Code.UNAVAILABLE, cut.end().getCode());
    assertEquals(List.of("OPEN 1/0"), cut.seen());
    assertEquals(Invoice.InvoiceState.SETTLED, client.lookup(hash).getState());
  }

  @Test
  void watchesOneInvoiceToItsEnd() {
    PaymentHash hash = lnd.addForeign("m", 1);
    Events unknown = watch(PaymentHash.of(new byte[32]));
    Events events = watch(hash);
    assertSeen(events, "OPEN 1/0");
    lnd.accept(hash);
    lnd.settle(hash);
    assertSeen(events, "OPEN 1/0", "ACCEPTED 1/0", "SETTLED 1/1");
    assertEquals(Status.Code.OK, events.end().getCode());
    assertTrue(unknown.isOpen());
  }

  private Events watch(PaymentHash hash) {
    Events events = new Events();
    ByteString bytes = ByteString.copyFrom(hash.toByteArray());
    client
        .invoiceStreams()
        .subscribeSingleInvoice(
            SubscribeSingleInvoiceRequest.newBuilder().setRHash(bytes).build(), events);
    return events;
  }

  @Test
  void settlesHundredsWithoutLosingOne() {
    List<PaymentHash> hashes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      hashes.add(lnd.addForeign("m", 1));
    }
    Events events = subscribe(0, 0);
    hashes.parallelStream().forEach(lnd::settle);
    await().until(() -> events.seen().size() == 300);
    assertEquals(300, events.seen().stream().distinct().count());
  }
}
