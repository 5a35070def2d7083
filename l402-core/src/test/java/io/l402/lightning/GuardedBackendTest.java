// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.LightningException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedBackendTest {
  private static final InvoiceRequest REQUEST =
      new InvoiceRequest(new MilliSatoshi(10_500), "weather", Duration.ofMinutes(10));

  private final ScriptedBackend backend = new ScriptedBackend();
  private final ManualTimer timer = new ManualTimer();
  private final AtomicLong nanos = new AtomicLong();
  private final List<LightningException> heard = new ArrayList<>();
  private GuardedBackend guard = builder().build();

  private GuardedBackendBuilder builder() {
    return GuardedBackend.builder(backend)
        .network(Network.REGTEST)
        .clock(Clock.fixed(ScriptedBackend.NOW, ZoneOffset.UTC))
        .nanoTime(nanos::get)
        .random(() -> 0)
        .listener(heard::add)
        .timer(timer);
  }

  @Test
  void handsOutTheInvoiceThatWasAskedFor() {
    CompletableFuture<Bolt11> result = create();
    assertFalse(result.isDone());
    backend.creates.get(0).complete(ScriptedBackend.answer(REQUEST));
    assertEquals(ScriptedBackend.HASH, result.join().paymentHash());
    assertEquals(0, timer.waiting());
    assertTrue(heard.isEmpty());
  }

  @Test
  void refusesAnInvoiceThatWasNotAskedFor() {
    CompletableFuture<Bolt11> result = create();
    InvoiceRequest cheaper =
        new InvoiceRequest(new MilliSatoshi(1000), "weather", REQUEST.expiry());
    backend.creates.get(0).complete(ScriptedBackend.answer(cheaper));
    assertKind(Kind.REJECTED, result);
    assertEquals(1, heard.size());
  }

  @Test
  void refusesNoInvoiceAtAll() {
    CompletableFuture<Bolt11> result = create();
    backend.creates.get(0).complete(null);
    assertKind(Kind.REJECTED, result);
  }

  @Test
  void endsAtTheDeadlineWhenTheBackendNeverAnswers() {
    CompletableFuture<Bolt11> result = create();
    timer.advance(Duration.ofMillis(1999));
    assertFalse(result.isDone());
    timer.advance(Duration.ofMillis(1));
    assertKind(Kind.RETRYABLE, result);
  }

  @Test
  void anAnswerAfterTheDeadlineChangesNothing() {
    CompletableFuture<Bolt11> result = create();
    timer.advance(Duration.ofSeconds(2));
    backend.creates.get(0).complete(ScriptedBackend.answer(REQUEST));
    assertKind(Kind.RETRYABLE, result);
    assertEquals(1, heard.size());
  }

  @Test
  void theDeadlineCanBeChosen() {
    guard = builder().deadline(Duration.ofMillis(5)).build();
    CompletableFuture<Bolt11> result = create();
    timer.advance(Duration.ofMillis(5));
    assertKind(Kind.RETRYABLE, result);
    assertThrows(IllegalArgumentException.class, () -> builder().deadline(Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void passesOnTheKindOfFailure(Kind kind) {
    CompletableFuture<Bolt11> result = create();
    LightningException thrown = new LightningException(kind, "as the backend says");
    backend.creates.get(0).completeExceptionally(new CompletionException(thrown));
    assertSame(thrown, failure(result));
    assertEquals(List.of(thrown), heard);
  }

  @Test
  void whatIsNoLightningExceptionIsRetryable() {
    CompletableFuture<Bolt11> result = create();
    IllegalStateException cause = new IllegalStateException("a bug");
    backend.creates.get(0).completeExceptionally(cause);
    assertKind(Kind.RETRYABLE, result);
    assertSame(cause, failure(result).getCause());
  }

  @Test
  void survivesABackendThatThrows() {
    backend.instead =
        () -> {
          throw new NoClassDefFoundError("a broken deployment");
        };
    assertKind(Kind.RETRYABLE, create());
  }

  @Test
  void survivesABackendThatReturnsNothing() {
    backend.instead = () -> null;
    assertKind(Kind.RETRYABLE, create());
    assertEquals(0, timer.waiting());
  }

  @Test
  void survivesAListenerThatThrows() {
    guard =
        builder()
            .listener(
                failure -> {
                  throw new IllegalStateException("a listener of a test that fails");
                })
            .build();
    CompletableFuture<Bolt11> result = create();
    timer.advance(Duration.ofSeconds(2));
    assertKind(Kind.RETRYABLE, result);
  }

  @Test
  void theCallerHearsOfTheEndAlsoWhenTheListenerBreaks() {
    guard =
        builder()
            .listener(
                failure -> {
                  throw new NoClassDefFoundError("a broken deployment");
                })
            .build();
    CompletableFuture<Bolt11> result = create();
    backend.creates.get(0).completeExceptionally(new IllegalStateException("a bug"));
    assertKind(Kind.RETRYABLE, result);
  }

  @Test
  void anErrorWhileTheInvoiceIsCheckedEndsTheCallAtOnce() {
    Clock broken =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            throw new NoClassDefFoundError("a broken deployment");
          }
        };
    guard = builder().clock(broken).build();
    CompletableFuture<Bolt11> result = create();
    backend.creates.get(0).complete(ScriptedBackend.answer(REQUEST));
    assertKind(Kind.REJECTED, result);
    assertEquals(0, timer.waiting());
  }

  @Test
  void callsOverTheBoundFailAtOnceAndNeverReachTheBackend() {
    guard = builder().maxInFlight(2).build();
    CompletableFuture<Bolt11> first = create();
    create();
    LightningException third = failure(create());
    assertEquals(Kind.RETRYABLE, third.kind());
    assertTrue(third.retryAfter().isPresent());
    assertEquals(2, backend.creates.size());
    assertTrue(heard.isEmpty());
    backend.creates.get(0).complete(ScriptedBackend.answer(REQUEST));
    assertEquals(ScriptedBackend.HASH, first.join().paymentHash());
    assertFalse(create().isDone());
  }

  @Test
  void strangersWhoStallTheNodeDoNotKeepPayingClientsFromBeingLookedUp() {
    for (int i = 0; i < 32; i++) {
      assertFalse(create().isDone());
    }
    assertTrue(create().isDone());
    assertLooksUp(0);
    timer.advance(Duration.ofSeconds(2));
    assertEquals(Optional.of(Duration.ofSeconds(1)), failure(create()).retryAfter());
    for (int i = 1; i < 33; i++) {
      assertLooksUp(i);
    }
  }

  @Test
  void lookUpsThatStallDoNotKeepAnybodyFromAnInvoice() {
    for (int i = 0; i < 32; i++) {
      assertFalse(lookUp().isDone());
    }
    assertTrue(lookUp().isDone());
    assertCreates(0);
    timer.advance(Duration.ofSeconds(2));
    assertEquals(Optional.of(Duration.ofSeconds(1)), failure(lookUp()).retryAfter());
    for (int i = 1; i < 33; i++) {
      assertCreates(i);
    }
  }

  @Test
  void atMost32CallsAreInFlightByDefault() {
    for (int i = 0; i < 32; i++) {
      assertFalse(create().isDone());
    }
    assertTrue(create().isDone());
  }

  @Test
  void callsThatNeverEndMakeRoomAtTheirDeadline() {
    guard = builder().maxInFlight(1).build();
    create();
    timer.advance(Duration.ofSeconds(2));
    create();
    assertEquals(2, backend.creates.size());
  }

  @Test
  void isFreeAgainWhenTheCallerHearsOfTheEnd() {
    guard = builder().maxInFlight(1).build();
    List<CompletableFuture<Bolt11>> next = new ArrayList<>();
    create().whenComplete((invoice, failure) -> next.add(create()));
    backend.creates.get(0).complete(ScriptedBackend.answer(REQUEST));
    assertFalse(next.get(0).isDone());
    assertEquals(2, backend.creates.size());
  }

  @Test
  void failsAtOnceWhileTheBreakerIsOpen() {
    fail(5);
    LightningException e = failure(create());
    assertEquals(Kind.RETRYABLE, e.kind());
    assertEquals(Optional.of(Duration.ofSeconds(1)), e.retryAfter());
    assertEquals(5, backend.creates.size());
    assertEquals(5, heard.size());
  }

  @Test
  void asksAgainWithOneProbeAndGoesOnWhenItWorks() {
    fail(5);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    CompletableFuture<Bolt11> probe = create();
    assertTrue(create().isDone());
    backend.creates.get(5).complete(ScriptedBackend.answer(REQUEST));
    assertEquals(ScriptedBackend.HASH, probe.join().paymentHash());
    assertFalse(create().isDone());
    assertFalse(create().isDone());
  }

  @Test
  void aProbeThatIsNeverAnsweredEndsAtItsDeadline() {
    fail(5);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    create();
    timer.advance(Duration.ofSeconds(2));
    assertEquals(Optional.of(Duration.ofSeconds(2)), failure(create()).retryAfter());
  }

  @Test
  void wrongInvoicesOpenTheBreaker() {
    for (int i = 0; i < 5; i++) {
      create();
      backend.creates.get(i).complete(new Invoice(ScriptedBackend.HASH, "nonsense"));
    }
    assertTrue(create().isDone());
  }

  @Test
  void requestsThatTheNodeRefusesDoNotOpenTheBreaker() {
    for (int i = 0; i < 10; i++) {
      create();
      LightningException refused = new LightningException(Kind.REJECTED, "too much");
      backend.creates.get(i).completeExceptionally(refused);
    }
    assertFalse(create().isDone());
  }

  @Test
  void looksUpInvoices() {
    CompletableFuture<Optional<InvoiceState>> unknown =
        guard.lookupInvoice(ScriptedBackend.HASH).toCompletableFuture();
    CompletableFuture<Optional<InvoiceState>> nothing =
        guard.lookupInvoice(ScriptedBackend.HASH).toCompletableFuture();
    CompletableFuture<Optional<InvoiceState>> late =
        guard.lookupInvoice(ScriptedBackend.HASH).toCompletableFuture();
    backend.lookups.get(0).complete(Optional.empty());
    backend.lookups.get(1).complete(null);
    timer.advance(Duration.ofSeconds(2));
    assertEquals(Optional.empty(), unknown.join());
    assertKind(Kind.REJECTED, nothing);
    assertKind(Kind.RETRYABLE, late);
  }

  @Test
  void doesNotAskABackendThatCannotLookUp() {
    backend.capabilities.remove(Capability.LOOKUP);
    guard = builder().build();
    for (int i = 0; i < 6; i++) {
      assertKind(Kind.CONFIG, guard.lookupInvoice(ScriptedBackend.HASH).toCompletableFuture());
    }
    assertTrue(backend.lookups.isEmpty());
    assertFalse(create().isDone());
  }

  @Test
  void healthIsSharedAndNeverFails() {
    CompletableFuture<BackendHealth> first = guard.health().toCompletableFuture();
    CompletableFuture<BackendHealth> second = guard.health().toCompletableFuture();
    assertEquals(1, backend.healths.size());
    backend.healths.get(0).completeExceptionally(new IllegalStateException("a bug"));
    assertEquals(BackendHealth.Status.DOWN, first.join().status());
    assertEquals(BackendHealth.Status.DOWN, second.join().status());
    CompletableFuture<BackendHealth> third = guard.health().toCompletableFuture();
    BackendHealth ready = new BackendHealth(BackendHealth.Status.READY, "well");
    backend.healths.get(1).complete(ready);
    assertEquals(ready, third.join());
    assertEquals(0, timer.waiting());
  }

  @Test
  void aNodeThatDoesNotSayHowItIsIsDown() {
    CompletableFuture<BackendHealth> health = guard.health().toCompletableFuture();
    timer.advance(Duration.ofSeconds(2));
    assertEquals(BackendHealth.Status.DOWN, health.join().status());
  }

  @Test
  void closingEndsCallsInFlightAndTheBackend() {
    CompletableFuture<Bolt11> invoice = create();
    CompletableFuture<BackendHealth> health = guard.health().toCompletableFuture();
    guard.close();
    assertKind(Kind.RETRYABLE, invoice);
    assertEquals(BackendHealth.Status.DOWN, health.join().status());
    assertEquals(1, backend.closes);
    assertTrue(timer.closed);
  }

  @Test
  void callsAfterTheEndFailAndDoNotReachTheBackend() {
    guard.close();
    guard.close();
    assertKind(Kind.RETRYABLE, create());
    assertEquals(BackendHealth.Status.DOWN, guard.health().toCompletableFuture().join().status());
    assertTrue(backend.creates.isEmpty());
    assertTrue(backend.healths.isEmpty());
  }

  private CompletableFuture<Bolt11> create() {
    return guard.createInvoice(REQUEST).toCompletableFuture();
  }

  private CompletableFuture<Optional<InvoiceState>> lookUp() {
    return guard.lookupInvoice(ScriptedBackend.HASH).toCompletableFuture();
  }

  private void assertCreates(int call) {
    CompletableFuture<Bolt11> result = create();
    backend.creates.get(call).complete(ScriptedBackend.answer(REQUEST));
    assertEquals(ScriptedBackend.HASH, result.join().paymentHash());
  }

  private void assertLooksUp(int call) {
    CompletableFuture<Optional<InvoiceState>> result = lookUp();
    backend.lookups.get(call).complete(Optional.of(InvoiceState.SETTLED));
    assertEquals(Optional.of(InvoiceState.SETTLED), result.join());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      create();
      backend.creates.get(i).completeExceptionally(new LightningException(Kind.AUTH, "no"));
    }
  }

  private static void assertKind(Kind kind, CompletableFuture<?> result) {
    assertEquals(kind, failure(result).kind());
  }

  private static LightningException failure(CompletableFuture<?> result) {
    assertTrue(result.isDone(), "still waits");
    Throwable thrown = assertThrows(CompletionException.class, result::join).getCause();
    return (LightningException) thrown;
  }
}
