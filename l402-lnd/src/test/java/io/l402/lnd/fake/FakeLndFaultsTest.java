// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import io.l402.lnd.fake.proto.AddInvoiceResponse;
import io.l402.lnd.fake.proto.GetInfoRequest;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoiceSubscription;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What can be made to go wrong, and that it goes right again. */
class FakeLndFaultsTest {
  private static final Invoice ANY = Invoice.newBuilder().setMemo("m").setValueMsat(1000).build();

  private final FakeLnd lnd = FakeLnd.create();
  private final Client client = new Client(lnd);

  @AfterEach
  void close() {
    client.close();
    lnd.close();
  }

  private static void assertFails(Code code, Executable call) {
    assertEquals(code, assertThrows(StatusRuntimeException.class, call).getStatus().getCode());
  }

  private AddInvoiceResponse addWithin(Duration time) {
    return client
        .lightning()
        .withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS)
        .addInvoice(ANY);
  }

  @Test
  void goesSilentAndDeliversLate() {
    PaymentHash hash = client.add("m", 1);
    lnd.wire().blackHole();
    assertFails(Code.DEADLINE_EXCEEDED, () -> addWithin(Duration.ofMillis(200)));
    try (Client late = new Client(lnd)) {
      int accepted = lnd.wire().accepted();
      assertFails(
          Code.DEADLINE_EXCEEDED,
          () ->
              late.lightning()
                  .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                  .getInfo(GetInfoRequest.getDefaultInstance()));
      assertEquals(accepted + 1, lnd.wire().accepted());
    }
    assertEquals(1, lnd.calls("AddInvoice"));
    lnd.wire().restore();
    client.lookup(hash);
    assertEquals(Set.of(1), lnd.macaroonsPerCall("LookupInvoice"));
  }

  @Test
  void cutsRefusesAndComesBackOnTheSamePort() throws IOException {
    client.add("m", 1);
    lnd.wire().refuse();
    lnd.wire().cut();
    assertThrows(ConnectException.class, this::connect);
    assertFails(Code.UNAVAILABLE, () -> client.add("m", 1));
    assertEquals(0, lnd.wire().open());
    lnd.wire().restore();
    connect();
    await().ignoreExceptions().until(() -> client.add("m", 1) != null);
  }

  private void connect() throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), lnd.port()).close();
  }

  @Test
  void keepsPortAndInvoicesOverARestart() {
    int port = lnd.port();
    PaymentHash hash = client.add("m", 1);
    lnd.stop();
    assertThrows(ConnectException.class, this::connect);
    lnd.start();
    assertEquals(port, lnd.port());
    await().ignoreExceptions().until(() -> client.lookup(hash).getAddIndex() == 1);
  }

  @Test
  void sendsGoAwayWithoutEndingStreams() {
    Events events = new Events();
    client.streams().subscribeInvoices(InvoiceSubscription.getDefaultInstance(), events);
    await().until(() -> lnd.subscribers() == 1);
    int accepted = lnd.wire().accepted();
    for (int i = 1; i <= 3; i++) {
      lnd.goAway();
      client.add("m", 1);
    }
    await().until(() -> events.seen().size() == 3);
    assertTrue(events.isOpen());
    assertTrue(lnd.wire().accepted() > accepted);
  }

  @Test
  void refusesDelaysAndDropsCallsOfAMethod() {
    lnd.faults().on("AddInvoice").status(Status.RESOURCE_EXHAUSTED).times(1);
    assertFails(Code.RESOURCE_EXHAUSTED, () -> client.add("m", 1));
    client.add("m", 1);
    assertEquals(1, lnd.invoices().size());

    lnd.faults().on("AddInvoice").latency(Duration.ofSeconds(30));
    assertFails(Code.DEADLINE_EXCEEDED, () -> addWithin(Duration.ofMillis(200)));
    lnd.faults().on("AddInvoice").dropReply(lnd.wire()::cut);
    assertFails(Code.UNAVAILABLE, () -> client.add("m", 1));
    assertEquals(3, lnd.invoices().size());

    lnd.faults().on("AddInvoice").dropReply(lnd::crash);
    assertFails(Code.UNAVAILABLE, () -> client.lightning().withWaitForReady().addInvoice(ANY));
    assertEquals(4, lnd.invoices().size());

    lnd.faults().clear();
    lnd.start();
    await().ignoreExceptions().until(() -> client.add("m", 1) != null);
  }

  @Test
  void answersGarbage() {
    Duration time = Duration.ofSeconds(10);
    lnd.faults().garble(Garbage.SHORT_HASH);
    assertEquals(31, addWithin(time).getRHash().size());
    lnd.faults().garble(Garbage.WRONG_HASH);
    AddInvoiceResponse wrong = addWithin(time);
    assertNotEquals(
        Bolt11.decode(wrong.getPaymentRequest()).paymentHash(),
        PaymentHash.of(wrong.getRHash().toByteArray()));
    lnd.faults().garble(Garbage.WRONG_AMOUNT);
    assertEquals(
        2000, Bolt11.decode(addWithin(time).getPaymentRequest()).amount().orElseThrow().msat());
    lnd.faults().garble(Garbage.MALFORMED_INVOICE);
    String malformed = addWithin(time).getPaymentRequest();
    assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(malformed));
    lnd.faults().garble(Garbage.OVERSIZE);
    assertFails(Code.RESOURCE_EXHAUSTED, () -> addWithin(time));
    lnd.faults().clear();
    Bolt11.decode(addWithin(time).getPaymentRequest());
  }

  @Test
  void changesItsCertificate() {
    String pinned = lnd.tls().pem();
    lnd.rotateTls();
    assertNotEquals(pinned, lnd.tls().pem());
    assertFails(Code.UNAVAILABLE, () -> client.add("m", 1));
    try (Client fresh = new Client(lnd)) {
      fresh.add("m", 1);
    }
    lnd.tls().rename("example.com");
    lnd.tls().write();
    lnd.restart();
    try (Client fresh = new Client(lnd)) {
      assertFails(Code.UNAVAILABLE, () -> fresh.add("m", 1));
    }
    lnd.tls().expire();
    lnd.tls().write();
    lnd.restart();
    try (Client fresh = new Client(lnd)) {
      fresh.add("m", 1);
    }
  }

  @Test
  void leavesNoThreadAndNoFile() {
    client.add("m", 1);
    client.close();
    lnd.close();
    assertFalse(lnd.tlsCert().toFile().exists());
    assertEquals(
        0,
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.isAlive() && t.getName().startsWith("fake-lnd"))
            .count());
  }
}
