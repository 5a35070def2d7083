// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.lightning.BackendHealth;
import io.l402.lightning.BackendHealth.Status;
import io.l402.lightning.LightningBackend;
import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Lightning node that the filter of this application sells for. */
final class Node {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServletContext context;

  Node(ServletContext context) {
    this.context = context;
  }

  /** The node, if it is the simulated one; then there is a wallet. */
  Optional<FakeLightning> simulated() {
    return backend().filter(FakeLightning.class::isInstance).map(FakeLightning.class::cast);
  }

  private Optional<LightningBackend> backend() {
    return Optional.ofNullable(
        (LightningBackend) context.getAttribute(L402Filter.BACKEND_ATTRIBUTE));
  }

  /** Whether it takes money, in one word. */
  String mode() {
    return simulated().isPresent() ? "simulated" : "real";
  }

  /** How it is, in one word. */
  String health() {
    return backend().map(Node::status).orElse(Status.CONFIG).name().toLowerCase(Locale.ROOT);
  }

  private static Status status(LightningBackend backend) {
    try {
      return backend
          .health()
          .thenApply(BackendHealth::status)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Status.DOWN;
    } catch (ExecutionException | TimeoutException e) {
      return Status.DOWN;
    }
  }
}
