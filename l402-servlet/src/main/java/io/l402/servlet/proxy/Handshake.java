// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an upstream says to a request to speak another protocol. */
final class Handshake implements UpgradeListener {
  /** What it says. */
  sealed interface Outcome {
    /** It agrees. */
    record Switched(List<Field> fields, UpstreamTunnel tunnel) implements Outcome {}

    /** It answers as it would any request. */
    record Declined(UpstreamResponse answer) implements Outcome {}

    /** Nothing. */
    record Failed(Throwable why) implements Outcome {}
  }

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  @Override
  public void switched(List<Field> fields, UpstreamTunnel tunnel) {
    if (!outcome.complete(new Outcome.Switched(fields, tunnel))) {
      tunnel.close();
    }
  }

  @Override
  public void responded(UpstreamResponse response) {
    outcome.complete(new Outcome.Declined(response));
  }

  @Override
  public void failed(Throwable why) {
    outcome.complete(new Outcome.Failed(why));
  }

  @Override
  public void broke() {
    // Whoever passes the answer on finds out.
  }

  /**
   * Waits, on the container's thread: no container takes an upgrade from any other, nor later. What
   * comes too late is closed.
   */
  Outcome await(Duration most) {
    try {
      return outcome.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      outcome.complete(new Outcome.Failed(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome.complete(new Outcome.Failed(e));
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails it", e);
    }
    return outcome.join();
  }
}
