// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.Decision;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A request that waits for its decision and holds no thread meanwhile.
 *
 * <p>Result, timeout and error race; exactly one of them counts. Whichever thread brings the
 * result, all it does is to dispatch the request again, so that everything that may wait for a
 * client or for the application is done on a thread of the container.
 */
final class PendingDecision implements AsyncListener {
  private static final System.Logger LOG = System.getLogger(PendingDecision.class.getName());

  private final AsyncContext async;
  private final Function<Decision, Passage> passages;
  private final long containerTimeout;
  private final AtomicBoolean settled = new AtomicBoolean();

  private PendingDecision(AsyncContext async, Function<Decision, Passage> passages) {
    this.async = async;
    this.passages = passages;
    containerTimeout = async.getTimeout();
  }

  /**
   * Lets a request wait.
   *
   * @param patience after which the node is taken to be down
   * @param passages makes what is kept with the request
   */
  static void await(
      HttpServletRequest request,
      HttpServletResponse response,
      CompletionStage<Decision> stage,
      Duration patience,
      Function<Decision, Passage> passages) {
    AsyncContext async = request.startAsync(request, response);
    PendingDecision pending = new PendingDecision(async, passages);
    async.setTimeout(patience.toMillis());
    async.addListener(pending);
    stage.whenComplete((decision, failure) -> pending.settle(Decisions.of(decision, failure)));
  }

  private void settle(Decision decision) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    try {
      passages.apply(decision).putOn(async.getRequest());
      restoreTimeout();
      async.dispatch();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "a request ended while it was decided on", e);
    }
  }

  /** Jetty hands our timeout on to the application's own waiting, unless it is put back. */
  private void restoreTimeout() {
    try {
      async.setTimeout(containerTimeout);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.TRACE, "this container keeps timeouts apart itself");
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    settle(Decisions.UNAVAILABLE);
  }

  @Override
  public void onError(AsyncEvent event) {
    if (settled.compareAndSet(false, true)) {
      async.complete();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    settled.set(true);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // The application waits for something of its own; this is over.
  }
}
