// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.l402.gate.Decision;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.LightningException;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.Garbage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** lnd is not reached, or does not answer as it should. Sold tokens never notice. */
class LndOutageTest {
  private final FakeLnd lnd = FakeLnd.create();
  private Till till = Till.open(lnd);

  @AfterEach
  void close() {
    till.close();
    lnd.close();
  }

  @Test
  void downAtStart() {
    String sold = till.buy(lnd);
    till.close();
    lnd.stop();
    till = Till.open(lnd);
    till.assertGranted(sold);
    till.assertHealth(BackendHealth.Status.DOWN, "lnd is not reached");
    for (int i = 0; i < 5; i++) {
      till.assertNoChallenge();
    }
    assertOpen();
    lnd.start();
    till.awaitRecovery();
    till.assertGranted(till.buy(lnd));
  }

  @Test
  void downLater() {
    String sold = till.buy(lnd);
    lnd.crash();
    for (int i = 0; i < 5; i++) {
      till.assertNoChallenge();
    }
    assertOpen();
    till.assertGranted(sold);
    till.awaitHealth(BackendHealth.Status.DOWN);
    lnd.start();
    till.awaitRecovery();
    till.awaitHealth(BackendHealth.Status.READY);
  }

  /** The node is spared: while the breaker is open no call is made, and nobody waits. */
  private void assertOpen() {
    long calls = lnd.calls("AddInvoice");
    int connections = lnd.wire().accepted();
    CompletableFuture<Decision> decision = till.asking();
    assertTrue(decision.isDone(), "it was answered at once");
    assertInstanceOf(Decision.Unavailable.class, decision.join());
    assertEquals(calls, lnd.calls("AddInvoice"));
    assertEquals(connections, lnd.wire().accepted());
  }

  @Test
  void blackHoled() {
    String sold = till.buy(lnd);
    lnd.wire().blackHole();
    List<CompletableFuture<Decision>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(till.asking());
    }
    till.assertGranted(sold);
    waiting.forEach(it -> assertInstanceOf(Decision.Unavailable.class, it.join()));
    assertOpen();
    assertEquals(BackendHealth.Status.DOWN, till.health().status());
    lnd.wire().restore();
    till.awaitRecovery();
  }

  /** Connections are taken and nothing is answered, from the first on: an outage, and no more. */
  @Test
  void blackHoledFromTheStart() {
    till.close();
    lnd.wire().blackHole();
    till = Till.open(lnd);
    till.assertNoChallenge();
    assertEquals(LightningException.Kind.RETRYABLE, till.failures.get(0).kind());
    assertEquals(BackendHealth.Status.DOWN, till.health().status());
    lnd.wire().restore();
    till.awaitRecovery();
  }

  /** A node that stays down is not knocked at without end, and not forgotten either. */
  @Test
  void knocksNowAndThenWhileItIsDown() {
    till.challenge();
    lnd.tls().rename("elsewhere.example");
    lnd.restart();
    int before = lnd.wire().accepted();
    till.health();
    await().atMost(Till.PATIENCE).until(() -> lnd.wire().accepted() - before >= 3);
    int some = lnd.wire().accepted() - before;
    assertTrue(some < 10, some + " connections");
  }

  /** A router has forgotten the connection: new ones would work, the old one never does. */
  @Test
  void connectionThatIsDeadWithoutAWord() {
    till.challenge();
    lnd.wire().blackHole();
    till.assertNoChallenge();
    till.assertNoChallenge();
    int before = lnd.wire().accepted();
    await()
        .atMost(Till.PATIENCE)
        .until(
            () -> {
              till.skip(Duration.ofSeconds(30));
              till.asking();
              return lnd.wire().accepted() > before;
            });
    lnd.wire().restore();
    till.awaitRecovery();
  }

  @Test
  void slow() {
    String sold = till.buy(lnd);
    lnd.faults().on("AddInvoice").latency(Duration.ofSeconds(5));
    List<CompletableFuture<Decision>> waiting = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      waiting.add(till.asking());
    }
    CompletableFuture<Decision> tooMany = till.asking();
    assertTrue(tooMany.isDone(), "one more than the node is trusted with is answered at once");
    assertInstanceOf(Decision.Unavailable.class, tooMany.join());
    till.assertGranted(sold);
    waiting.forEach(it -> assertInstanceOf(Decision.Unavailable.class, it.join()));
    lnd.faults().clear();
    till.awaitRecovery();
  }

  /** The invoice is made, and nobody hears of it: no token is, and lnd forgets it in time. */
  @Test
  void replyLost() {
    int before = lnd.invoices().size();
    lnd.faults().on("AddInvoice").times(1).dropReply();
    till.assertNoChallenge();
    assertEquals(before + 1, lnd.invoices().size());
    till.assertGranted(till.buy(lnd));
  }

  @Test
  void replyLostWithTheConnection() {
    lnd.faults().on("AddInvoice").times(1).dropReply(() -> lnd.wire().cut());
    till.assertNoChallenge();
    till.awaitRecovery();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void garbageReply(Garbage garbage) {
    String sold = till.buy(lnd);
    lnd.faults().garble(garbage);
    for (int i = 0; i < 5; i++) {
      till.assertNoChallenge();
    }
    assertOpen();
    till.assertGranted(sold);
    lnd.faults().clear();
    till.awaitRecovery();
  }

  @Test
  void resourceExhausted() {
    lnd.faults().on("AddInvoice").times(1).status(Status.RESOURCE_EXHAUSTED);
    till.assertNoChallenge();
    assertEquals(LightningException.Kind.RETRYABLE, till.failures.get(0).kind());
    till.challenge();
  }

  /** Each connection is told to go; what is under way on it goes on, and no call pays for it. */
  @Test
  void goAwayStorm() {
    till.challenge();
    int before = lnd.wire().accepted();
    int storms = 20;
    int calls = 0;
    for (int i = 0; i < storms; i++) {
      lnd.goAway();
      for (int call = 0; call < 5; call++) {
        till.challenge();
        calls++;
      }
    }
    int connections = lnd.wire().accepted() - before;
    assertTrue(connections <= storms + 1, connections + " connections for " + calls + " calls");
  }

  /**
   * lnd has moved: the name is asked again. The new one does not know the macaroon, but says so.
   */
  @Test
  void dnsChange() {
    try (FakeLnd moved = FakeLnd.create();
        MovingHost host = MovingHost.at(lnd.port())) {
      till.close();
      till =
          Till.open(
              LndSettings.builder("moving.example")
                  .serverName("localhost")
                  .tlsCertificate(lnd.tls().pem() + moved.tls().pem())
                  .macaroon(lnd.invoiceMacaroon())
                  .build());
      till.awaitHealth(BackendHealth.Status.READY);
      host.moveTo(moved.port());
      lnd.crash();
      till.awaitHealth(BackendHealth.Status.AUTH);
      assertTrue(moved.wire().accepted() > 0);
    }
  }

  @Test
  void noFullScanWithoutAListener() {
    for (int i = 0; i < 3; i++) {
      till.buy(lnd);
    }
    till.health();
    assertEquals(0, lnd.calls("ListInvoices"));
    assertEquals(0, lnd.calls("LookupInvoice"));
    assertEquals(0, lnd.calls("SubscribeInvoices"));
  }

  @Test
  void shutdownLeavesNoThread() {
    till.challenge();
    till.close();
    assertEquals(List.of(), ourThreads());
  }

  @Test
  void shutdownInTheMiddleOfAnOutageLeavesNoThread() {
    lnd.wire().blackHole();
    CompletableFuture<Decision> waiting = till.asking();
    till.close();
    assertInstanceOf(Decision.Unavailable.class, waiting.join());
    assertEquals(List.of(), ourThreads());
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("l402-"))
        .toList();
  }
}
