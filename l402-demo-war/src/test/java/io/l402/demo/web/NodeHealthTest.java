// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.PaymentHash;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.BackendHealth.Status;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeHealthTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicLong now = new AtomicLong();
  private final Asked node = new Asked();
  private final NodeHealth health = new NodeHealth(LONG, now::get);

  @ParameterizedTest
  @CsvSource({"READY, ready", "NOT_READY, not_ready", "DOWN, down", "AUTH, auth", "CONFIG, config"})
  void saysTheStatusAndNeverTheDetail(Status status, String word) {
    node.answer(status);
    assertEquals(word, health.of(node));
  }

  @Test
  void asksTheNodeEveryFewSecondsAtMost() {
    node.answer(Status.READY);
    health.of(node);
    node.answer(Status.DOWN);
    now.addAndGet(NodeHealth.FRESH.toNanos() - 1);
    assertEquals("ready", health.of(node));
    assertEquals(1, node.asked.get());
    now.incrementAndGet();
    assertEquals("down", health.of(node));
    assertEquals(2, node.asked.get());
  }

  @Test
  void takesANodeThatDoesNotAnswerForDown() {
    NodeHealth impatient = new NodeHealth(Duration.ofMillis(1), now::get);
    node.answer = new CompletableFuture<>();
    assertEquals("down", impatient.of(node));
  }

  @Test
  void takesANodeThatFailsForDown() {
    node.answer = CompletableFuture.failedFuture(new IllegalStateException("a detail"));
    assertEquals("down", health.of(node));
  }

  @Test
  void makesOnlyOneRequestWait() {
    node.answer(Status.READY);
    health.of(node);
    now.addAndGet(NodeHealth.FRESH.toNanos());
    CompletableFuture<BackendHealth> late = new CompletableFuture<>();
    node.answer = late;
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> health.of(node));
    await().until(() -> node.asked.get() == 2);
    assertEquals("ready", health.of(node), "from before");
    late.complete(new BackendHealth(Status.AUTH, "a detail"));
    assertEquals("auth", waiting.join());
    assertEquals(2, node.asked.get());
  }

  private static final class Asked implements LightningBackend {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CompletableFuture<BackendHealth> answer;

    void answer(Status status) {
      answer = CompletableFuture.completedFuture(new BackendHealth(status, "a detail"));
    }

    @Override
    public CompletionStage<BackendHealth> health() {
      CompletableFuture<BackendHealth> answered = answer;
      asked.incrementAndGet();
      return answered;
    }

    @Override
    public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public void close() {}
  }
}
