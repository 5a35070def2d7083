// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link LightningBackend} must do. Extend it, say how to open the backend and how to
 * pay one of its invoices; tests of a capability that the backend does not claim are skipped.
 */
public abstract class LightningBackendContract {
  private static final Duration EXPIRY = Duration.ofMinutes(10);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private LightningBackend backend;

  /** For those who extend it. */
  protected LightningBackendContract() {}

  /** Opens the backend; the contract closes it. */
  protected abstract LightningBackend open() throws Exception;

  /** Pays an invoice of the backend as a payer would and returns the preimage that was learnt. */
  protected abstract Preimage pay(String paymentRequest) throws Exception;

  /** The network the invoices are for. */
  protected abstract Network network();

  /** The clock the backend goes by. */
  protected Clock clock() {
    return Clock.systemUTC();
  }

  /** How long any one answer may take. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** Opens the backend anew for each test. */
  @BeforeEach
  public final void openBackend() throws Exception {
    backend = open();
  }

  /** Closes it. */
  @AfterEach
  public final void closeBackend() {
    backend.close();
  }

  /** The hash the node reports is the one that is signed. */
  @Test
  public void reportsThePaymentHashThatIsInTheInvoice() throws Exception {
    Invoice invoice = await(backend.createInvoice(request(10_000)));
    assertEquals(invoice.paymentHash(), Bolt11.decode(invoice.paymentRequest()).paymentHash());
  }

  /** An invoice for another network must never be handed out. */
  @Test
  public void makesInvoicesForItsNetwork() throws Exception {
    assertEquals(network(), create(10_000).network());
  }

  /** Exact, or rounded up to the satoshi. */
  @ParameterizedTest
  @ValueSource(longs = {1_000, 1_001, 1_999, 10_000, 25_000, 123_456_789})
  public void asksForTheAmountExactlyOrRoundedUp(long msat) throws Exception {
    long rounded = new MilliSatoshi(msat).toSatRoundedUp() * 1000;
    long due = backend.capabilities().contains(Capability.MSAT) ? msat : rounded;
    assertEquals(Optional.of(new MilliSatoshi(due)), create(msat).amount());
  }

  /** To the second. */
  @ParameterizedTest
  @ValueSource(longs = {60, 600, 3600, 86_400})
  public void canBePaidForAsLongAsWasAsked(long seconds) throws Exception {
    Instant now = clock().instant();
    Duration expiry = Duration.ofSeconds(seconds);
    Bolt11 invoice = decode(new InvoiceRequest(new MilliSatoshi(10_000), "expiry", expiry));
    assertEquals(expiry, invoice.expiry());
    assertTrue(
        Duration.between(now, invoice.timestamp()).abs().compareTo(CLOCK_SKEW) < 0,
        "made at " + invoice.timestamp() + " while the clock said " + now);
  }

  /** What the payer's wallet shows. */
  @ParameterizedTest
  @ValueSource(strings = {"", "weather", "\u26a1 caf\u00e9 \ud83d\ude00 \"quoted\" \\ \n"})
  public void carriesTheMemo(String memo) throws Exception {
    assertEquals(Optional.of(memo), described(memo).description());
  }

  /** The longest memo that fits an invoice, in characters of three bytes. */
  @Test
  public void carriesAMemoOf639Bytes() throws Exception {
    String memo = "\u26a1".repeat(InvoiceRequest.MAX_MEMO_BYTES / 3);
    assertEquals(639, memo.getBytes(StandardCharsets.UTF_8).length);
    assertEquals(Optional.of(memo), described(memo).description());
  }

  /** Two requests alike are two invoices. */
  @Test
  public void makesDistinctInvoicesAtTheSameTime() throws Exception {
    int count = 20;
    List<CompletionStage<Invoice>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(backend.createInvoice(request(10_000)));
    }
    Set<Object> distinct = new HashSet<>();
    for (CompletionStage<Invoice> call : calls) {
      Bolt11 invoice = Bolt11.decode(await(call).paymentRequest());
      distinct.add(invoice.paymentHash());
      distinct.add(invoice.paymentSecret());
    }
    assertEquals(2 * count, distinct.size());
  }

  /** The whole point: paying reveals the preimage of the hash. */
  @Test
  public void payingRevealsThePreimage() throws Exception {
    Bolt11 invoice = create(10_000);
    assertEquals(invoice.paymentHash(), pay(invoice.paymentRequest()).paymentHash());
  }

  /** Unknown is an answer, not an error. */
  @Test
  public void doesNotKnowAnInvoiceItDidNotMake() throws Exception {
    assumeCapable(Capability.LOOKUP);
    PaymentHash foreign = PaymentHash.ofHex("5a".repeat(PaymentHash.LENGTH));
    assertEquals(Optional.empty(), await(backend.lookupInvoice(foreign)));
  }

  /** Settled as soon as the payer has the preimage: a token must work at once. */
  @Test
  public void anInvoiceIsOpenUntilItIsPaidAndThenSettled() throws Exception {
    assumeCapable(Capability.LOOKUP);
    Bolt11 invoice = create(10_000);
    assertEquals(Optional.of(InvoiceState.OPEN), await(lookup(invoice)));
    pay(invoice.paymentRequest());
    assertEquals(Optional.of(InvoiceState.SETTLED), await(lookup(invoice)));
  }

  /** Others stay as they are. */
  @Test
  public void payingOneInvoiceSettlesNoOther() throws Exception {
    assumeCapable(Capability.LOOKUP);
    Bolt11 other = create(10_000);
    pay(create(10_000).paymentRequest());
    assertEquals(Optional.of(InvoiceState.OPEN), await(lookup(other)));
  }

  /** Canceled for good; twice is no error. */
  @Test
  public void aCanceledInvoiceCannotBePaid() throws Exception {
    assumeCapable(Capability.CANCEL);
    Bolt11 invoice = create(10_000);
    await(backend.cancelInvoice(invoice.paymentHash()));
    await(backend.cancelInvoice(invoice.paymentHash()));
    assertThrows(Exception.class, () -> pay(invoice.paymentRequest()));
    if (backend.capabilities().contains(Capability.LOOKUP)) {
      assertEquals(Optional.of(InvoiceState.CANCELED), await(lookup(invoice)));
    }
  }

  /** Without the capability the call fails, and says that it always will. */
  @Test
  public void refusesToCancelWhereItCannot() {
    assumeTrue(!backend.capabilities().contains(Capability.CANCEL), "it can cancel");
    PaymentHash hash = PaymentHash.ofHex("5a".repeat(PaymentHash.LENGTH));
    assertFailsWith(UnsupportedOperationException.class, backend.cancelInvoice(hash));
  }

  /** Every payment is heard, at least once. */
  @Test
  public void tellsOfEveryPayment() throws Exception {
    assumeCapable(Capability.SETTLEMENTS);
    Heard heard = new Heard(patience());
    Bolt11 before = paid();
    AutoCloseable subscription = backend.subscribeSettlements("", heard);
    Bolt11 after = paid();
    heard.await(before.paymentHash());
    heard.await(after.paymentHash());
    subscription.close();
    assertFalse(heard.overlapped(), "two calls at a time");
  }

  /** From a cursor on nothing is lost, whoever listened in between. */
  @Test
  public void resumesFromACursor() throws Exception {
    assumeCapable(Capability.SETTLEMENTS);
    Heard first = new Heard(patience());
    AutoCloseable subscription = backend.subscribeSettlements("", first);
    String cursor = first.await(paid().paymentHash());
    subscription.close();
    Bolt11 meanwhile = paid();
    Heard second = new Heard(patience());
    AutoCloseable resumed = backend.subscribeSettlements(cursor, second);
    second.await(meanwhile.paymentHash());
    resumed.close();
    assertTrue(cursor.matches("[\\x20-\\x7e]{1,256}"), cursor);
  }

  /** An open invoice is no payment. */
  @Test
  public void doesNotTellOfAnInvoiceThatIsNotPaid() throws Exception {
    assumeCapable(Capability.SETTLEMENTS);
    Heard heard = new Heard(patience());
    Bolt11 open = create(10_000);
    AutoCloseable subscription = backend.subscribeSettlements("", heard);
    heard.await(paid().paymentHash());
    subscription.close();
    assertFalse(heard.hashes().contains(open.paymentHash()));
  }

  /** It works, so it must say so. */
  @Test
  public void isReady() throws Exception {
    assertEquals(BackendHealth.Status.READY, await(backend.health()).status());
  }

  /** Calls after the end fail at once; health never fails. */
  @Test
  public void callsFailAfterItIsClosed() throws Exception {
    PaymentHash hash = create(10_000).paymentHash();
    backend.close();
    backend.close();
    assertFailsWith(LightningException.class, backend.createInvoice(request(10_000)));
    if (backend.capabilities().contains(Capability.LOOKUP)) {
      assertFailsWith(LightningException.class, backend.lookupInvoice(hash));
    }
    assertNotEquals(BackendHealth.Status.READY, await(backend.health()).status());
  }

  private Bolt11 paid() throws Exception {
    Bolt11 invoice = create(10_000);
    pay(invoice.paymentRequest());
    return invoice;
  }

  private CompletionStage<Optional<InvoiceState>> lookup(Bolt11 invoice) {
    return backend.lookupInvoice(invoice.paymentHash());
  }

  private Bolt11 described(String memo) throws Exception {
    return decode(new InvoiceRequest(new MilliSatoshi(10_000), memo, EXPIRY));
  }

  private Bolt11 create(long msat) throws Exception {
    return decode(request(msat));
  }

  private Bolt11 decode(InvoiceRequest request) throws Exception {
    return Bolt11.decode(await(backend.createInvoice(request)).paymentRequest());
  }

  /** The memos of this library begin so: a backend may tell its invoices from others by that. */
  private static InvoiceRequest request(long msat) {
    return new InvoiceRequest(new MilliSatoshi(msat), "L402 contract", EXPIRY);
  }

  private void assumeCapable(Capability capability) {
    assumeTrue(backend.capabilities().contains(capability), "it has no " + capability);
  }

  private <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void assertFailsWith(Class<? extends Throwable> type, CompletionStage<?> stage) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> await(stage));
    assertInstanceOf(type, e.getCause());
  }
}
