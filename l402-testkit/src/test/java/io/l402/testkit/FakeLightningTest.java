// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeLightningTest {
  private static final Duration EXPIRY = Duration.ofMinutes(10);
  private static final InvoiceRequest REQUEST =
      new InvoiceRequest(new MilliSatoshi(10_000), "weather", EXPIRY);

  private final SettableClock clock = new SettableClock();
  private final FakeLightning node = FakeLightning.builder().clock(clock).build();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void signsWithItsOwnKey() {
    NodeKey key = NodeKey.random(new SecureRandom());
    FakeLightning other = FakeLightning.builder().key(key).build();
    assertEquals(key.nodeId(), other.nodeId());
    assertEquals(node.nodeId(), Bolt11.decode(create().paymentRequest()).payee());
    assertNotEquals(key.nodeId(), node.nodeId());
  }

  @Test
  void takesAnInvoiceInUpperCaseAndWithSpacesAround() {
    Invoice invoice = create();
    String scanned = " " + invoice.paymentRequest().toUpperCase(Locale.ROOT) + "\n";
    assertEquals(invoice.paymentHash(), node.pay(scanned).paymentHash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lnbcrt", "hello", "lnbcrt100n1qqqq"})
  void doesNotPayWhatIsNoInvoice(String text) {
    assertRejected(() -> node.pay(text), "");
  }

  @Test
  void doesNotPayAnotherNodesInvoice() {
    FakeLightning other = FakeLightning.builder().clock(clock).build();
    String foreign = other.createInvoice(REQUEST).toCompletableFuture().join().paymentRequest();
    assertRejected(() -> node.pay(foreign), "another node's");
  }

  @Test
  void doesNotPayAnInvoiceItHasForgottenOrNeverMade() {
    NodeKey key = NodeKey.random(new SecureRandom());
    FakeLightning before = FakeLightning.builder().key(key).clock(clock).build();
    FakeLightning after = FakeLightning.builder().key(key).clock(clock).build();
    String invoice = before.createInvoice(REQUEST).toCompletableFuture().join().paymentRequest();
    assertRejected(() -> after.pay(invoice), "known");
  }

  @Test
  void doesNotPayAnInvoiceOfAnotherAmount() {
    NodeKey key = NodeKey.random(new SecureRandom());
    FakeLightning payee = FakeLightning.builder().key(key).clock(clock).build();
    Invoice invoice = payee.createInvoice(REQUEST).toCompletableFuture().join();
    String cheaper =
        new FakeSigner(key, clock)
            .sign(invoice.paymentHash(), new MilliSatoshi(1000), "cheap", EXPIRY)
            .paymentRequest();
    assertRejected(() -> payee.pay(cheaper), "amount");
  }

  @Test
  void doesNotPayTwice() {
    Invoice invoice = create();
    node.pay(invoice.paymentRequest());
    assertRejected(() -> node.pay(invoice.paymentRequest()), "already paid");
    assertRejected(() -> join(node.cancelInvoice(invoice.paymentHash())), "already paid");
  }

  @Test
  void anInvoiceExpiresByTheClock() {
    Invoice invoice = create();
    clock.advance(EXPIRY.minusSeconds(1));
    assertEquals(Optional.of(InvoiceState.OPEN), state(invoice));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.of(InvoiceState.CANCELED), state(invoice));
    assertRejected(() -> node.pay(invoice.paymentRequest()), "expired");
    assertRejected(() -> node.settle(invoice.paymentHash()), "expired");
  }

  @Test
  void aPaidInvoiceStaysPaidWhenItsTimeIsUp() {
    Invoice invoice = create();
    node.settle(invoice.paymentHash());
    clock.advance(EXPIRY.multipliedBy(2));
    assertEquals(Optional.of(InvoiceState.SETTLED), state(invoice));
  }

  @Test
  void anAcceptedInvoiceIsNotPaidYet() {
    Invoice invoice = create();
    node.accept(invoice.paymentHash());
    assertEquals(Optional.of(InvoiceState.ACCEPTED), state(invoice));
    assertEquals(invoice.paymentHash(), node.settle(invoice.paymentHash()).paymentHash());
    assertEquals(Optional.of(InvoiceState.SETTLED), state(invoice));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void failsWhileItIsDownAndWorksWhenItIsBack(Kind kind) {
    Invoice invoice = create();
    node.goDown(kind);
    assertKind(kind, () -> join(node.createInvoice(REQUEST)));
    assertKind(kind, () -> join(node.lookupInvoice(invoice.paymentHash())));
    assertKind(kind, () -> node.pay(invoice.paymentRequest()));
    assertNotEquals(BackendHealth.Status.READY, join(node.health()).status());
    node.comeBack();
    assertEquals(Optional.of(InvoiceState.OPEN), state(invoice));
    assertEquals(BackendHealth.Status.READY, join(node.health()).status());
  }

  @Test
  void aStalledAnswerHoldsNoThreadAndComesInTheEnd() {
    node.stall();
    CompletableFuture<Invoice> answer = node.createInvoice(REQUEST).toCompletableFuture();
    assertFalse(answer.isDone());
    assertEquals(1, node.unanswered());
    node.resume();
    assertEquals(
        answer.join().paymentHash(), Bolt11.decode(answer.join().paymentRequest()).paymentHash());
    assertEquals(0, node.unanswered());
  }

  @Test
  void aSlowAnswerComesLater() throws Exception {
    node.delay(Duration.ofHours(1));
    CompletableFuture<Invoice> never = node.createInvoice(REQUEST).toCompletableFuture();
    node.delay(Duration.ofMillis(1));
    node.createInvoice(REQUEST).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertFalse(never.isDone());
  }

  @Test
  void answersThatWaitFailWhenItIsClosed() {
    node.stall();
    CompletableFuture<Invoice> answer = node.createInvoice(REQUEST).toCompletableFuture();
    node.close();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS));
    assertInstanceOf(LightningException.class, e.getCause());
  }

  @Test
  void aFullNodeForgetsTheOldestExpiredInvoiceFirst() {
    FakeLightning small = FakeLightning.builder().clock(clock).capacity(4).build();
    Invoice paid = create(small);
    small.settle(paid.paymentHash());
    Invoice oldest = create(small);
    Invoice older = create(small);
    clock.advance(EXPIRY);
    create(small);
    create(small);
    assertEquals(Optional.empty(), state(small, oldest));
    assertEquals(Optional.of(InvoiceState.CANCELED), state(small, older));
    assertEquals(Optional.of(InvoiceState.SETTLED), state(small, paid));
    create(small);
    assertEquals(Optional.empty(), state(small, older));
    create(small);
    assertEquals(Optional.empty(), state(small, paid));
    assertEquals(4, small.invoices());
    assertKind(Kind.RETRYABLE, () -> create(small));
  }

  @Test
  void aNodeFullOfLiveInvoicesMakesNoMoreUntilOneIsCanceled() {
    Invoice first = create();
    while (node.invoices() < 10_000) {
      create();
    }
    assertKind(Kind.RETRYABLE, this::create);
    assertEquals(Optional.of(InvoiceState.OPEN), state(first));
    join(node.cancelInvoice(first.paymentHash()));
    create();
    assertEquals(Optional.empty(), state(first));
  }

  @Test
  void countsCalls() {
    PaymentHash hash = create().paymentHash();
    node.goDown();
    assertThrows(RuntimeException.class, this::create);
    join(node.health());
    node.comeBack();
    join(node.lookupInvoice(hash));
    join(node.cancelInvoice(hash));
    assertEquals(
        List.of(2L, 1L, 1L, 1L),
        List.of(node.createCalls(), node.lookupCalls(), node.cancelCalls(), node.healthCalls()));
  }

  @Test
  void tellsOfPaymentsWhenItIsBackAndDespiteAListenerThatFails() throws Exception {
    List<PaymentHash> heard = new CopyOnWriteArrayList<>();
    node.subscribeSettlements(
        "",
        (hash, cursor) -> {
          heard.add(hash);
          throw new IllegalStateException("a listener of a test that fails");
        });
    Invoice first = create();
    Invoice second = create();
    node.goDown();
    node.settle(first.paymentHash());
    node.settle(second.paymentHash());
    assertTrue(heard.isEmpty());
    node.comeBack();
    await().until(() -> heard.equals(List.of(first.paymentHash(), second.paymentHash())));
  }

  @Test
  void refusesACursorThatIsNotItsOwn() {
    assertRejected(() -> node.subscribeSettlements("settle:1", (hash, cursor) -> {}), "cursor");
  }

  private Invoice create() {
    return create(node);
  }

  private static Invoice create(FakeLightning node) {
    return join(node.createInvoice(REQUEST));
  }

  private Optional<InvoiceState> state(Invoice invoice) {
    return state(node, invoice);
  }

  private static Optional<InvoiceState> state(FakeLightning node, Invoice invoice) {
    return join(node.lookupInvoice(invoice.paymentHash()));
  }

  private static <T> T join(java.util.concurrent.CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private static void assertRejected(org.junit.jupiter.api.function.Executable call, String why) {
    LightningException e = assertThrows(LightningException.class, call);
    assertEquals(Kind.REJECTED, e.kind());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static void assertKind(Kind kind, org.junit.jupiter.api.function.Executable call) {
    assertEquals(kind, assertThrows(LightningException.class, call).kind());
  }
}
