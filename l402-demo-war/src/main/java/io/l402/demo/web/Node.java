// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/** The Lightning node that the filter of this application sells for. */
final class Node {
  private final ServletContext context;

  Node(ServletContext context) {
    this.context = context;
  }

  /** The node, if it is the simulated one; then there is a wallet. */
  Optional<FakeLightning> simulated() {
    return Optional.ofNullable(context.getAttribute(L402Filter.BACKEND_ATTRIBUTE))
        .filter(FakeLightning.class::isInstance)
        .map(FakeLightning.class::cast);
  }

  /** Whether it takes money, in one word. */
  String mode() {
    return simulated().isPresent() ? "simulated" : "real";
  }
}
