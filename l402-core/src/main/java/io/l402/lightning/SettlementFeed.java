// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.L402ConfigException;
import io.l402.PaymentHash;
import io.l402.internal.FailureLog;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells of payments, and goes on after a restart where it was.
 *
 * <p>How far it has come is kept in a file, the cursor of the last payment that was told: one line,
 * for its owner only, replaced in one step. The file is never ahead of what was told. It is written
 * at the first payment, and then once a second at most; {@link #close()} writes what is left. While
 * it cannot be written, payments are told all the same, the log says so once a minute at most, and
 * the next payment tries again. Without a file every feed begins with the first payment that the
 * node knows.
 *
 * <p>Each payment is told <b>exactly once</b> while a feed is open, also if the node repeats
 * itself: the last 100,000 payment hashes are remembered, and only a node that repeats a payment
 * after so many others could have it told twice. Across a crash it is told <b>at least once</b>:
 * those told after the file was last written are told again by the next feed, as may be one that is
 * being told while the feed is closed.
 *
 * <p>Beside the file lies an empty one, its name with {@code .lock} behind, that is locked while
 * the feed is open: two feeds cannot share a cursor, because each would skip what only the other
 * told.
 *
 * <p>Safe for use by many threads.
 */
public final class SettlementFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SettlementFeed.class.getName());

  /** How many payment hashes are remembered: some ten megabytes, when there are so many. */
  static final int REMEMBERED = 100_000;

  private final Consumer<PaymentHash> sink;
  private final Optional<CursorWriter> cursor;
  private final FailureLog failures;
  private final Set<PaymentHash> told = new LinkedHashSet<>();
  private AutoCloseable subscription = () -> {};
  private volatile boolean closed;

  private SettlementFeed(
      Consumer<PaymentHash> sink, Optional<CursorWriter> cursor, FailureLog failures) {
    this.sink = sink;
    this.cursor = cursor;
    this.failures = failures;
  }

  /**
   * Begins to tell of payments.
   *
   * @param backend the node; closing the feed does not close it
   * @param cursorFile where the cursor is kept; without a file all payments are told, from the
   *     first
   * @param sink told of each payment, one at a time, on a thread of the backend, so it must be
   *     quick; what it throws is logged, and the payment counts as told
   * @throws L402ConfigException if the file is damaged, cannot be read or is another feed's, or if
   *     the node refuses the cursor in it; the message says what to do
   * @throws UnsupportedOperationException if the backend lacks {@link Capability#SETTLEMENTS}
   */
  public static SettlementFeed open(
      GuardedBackend backend, Optional<Path> cursorFile, Consumer<PaymentHash> sink) {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(sink, "sink");
    FailureLog failures = new FailureLog(LOG);
    return open(
        backend,
        cursorFile.map(path -> CursorWriter.open(path, DeadlineTimer.ownThread(), failures)),
        sink,
        failures);
  }

  static SettlementFeed open(
      GuardedBackend backend,
      Optional<CursorWriter> cursor,
      Consumer<PaymentHash> sink,
      FailureLog failures) {
    SettlementFeed feed = new SettlementFeed(sink, cursor, failures);
    try {
      feed.subscribe(backend);
      return feed;
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  private void subscribe(GuardedBackend backend) {
    String start = cursor.map(CursorWriter::start).orElse("");
    try {
      subscription = backend.subscribeSettlements(start, this::settled);
    } catch (LightningException e) {
      if (start.isEmpty() || e.kind() != LightningException.Kind.REJECTED) {
        throw e;
      }
      throw cursor.orElseThrow().refused(e);
    }
  }

  /** First the sink, then the cursor: a crash between the two repeats a payment and loses none. */
  private void settled(PaymentHash paymentHash, String reached) {
    synchronized (told) {
      if (closed) {
        return;
      }
      if (told.add(paymentHash)) {
        forgetTheEldest();
        tell(paymentHash);
      }
      cursor.ifPresent(writer -> writer.reached(reached));
    }
  }

  private void forgetTheEldest() {
    if (told.size() > REMEMBERED) {
      Iterator<PaymentHash> eldest = told.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private void tell(PaymentHash paymentHash) {
    try {
      sink.accept(paymentHash);
    } catch (Throwable e) {
      // Also an Error of the application's: the payments after this one must be told all the same.
      failures.failed(
          System.Logger.Level.WARNING,
          "a listener of payments failed; the payment counts as told",
          e);
    }
  }

  /**
   * Ends the subscription, writes the last cursor and lets go of its file. Closing twice is no
   * error.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      subscription.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "the subscription of settlements did not end well", e);
    }
    cursor.ifPresent(CursorWriter::close);
  }
}
