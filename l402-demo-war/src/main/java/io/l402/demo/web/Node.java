// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.lightning.LightningBackend;
import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;

/** The Lightning node that the filter of this application sells for. */
final class Node {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServletContext context;
  private final NodeHealth health = new NodeHealth(PATIENCE, System::nanoTime);

  Node(ServletContext context) {
    this.context = context;
  }

  private Optional<LightningBackend> backend() {
    return Optional.ofNullable(context.getAttribute(L402Filter.BACKEND_ATTRIBUTE))
        .map(LightningBackend.class::cast);
  }

  /** The node, if it is the simulated one; then there is a wallet. */
  Optional<FakeLightning> simulated() {
    return backend().filter(FakeLightning.class::isInstance).map(FakeLightning.class::cast);
  }

  /** Whether it takes money, in one word. */
  String mode() {
    return simulated().isPresent() ? "simulated" : "real";
  }

  /** How it is, in one word; empty if nothing is sold and there is none. */
  Optional<String> health() {
    return backend().map(health::of);
  }
}
