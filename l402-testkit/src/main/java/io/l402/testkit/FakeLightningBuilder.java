// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.bolt11.NodeKey;
import io.l402.lightning.Capability;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Makes a {@link FakeLightning}. For use by one thread. */
public final class FakeLightningBuilder {
  Clock clock = Clock.systemUTC();
  NodeKey key = NodeKey.random(new SecureRandom());
  int capacity = FakeLightning.CAPACITY;
  final Set<Capability> capabilities =
      EnumSet.of(Capability.LOOKUP, Capability.SETTLEMENTS, Capability.MSAT, Capability.CANCEL);

  FakeLightningBuilder() {}

  /** The clock that invoices are made and expire by; the system's by default. */
  public FakeLightningBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /** The key that signs; a fresh one by default. */
  public FakeLightningBuilder key(NodeKey value) {
    key = Objects.requireNonNull(value, "key");
    return this;
  }

  /** For tests of the bound that would take long at 10,000. */
  FakeLightningBuilder capacity(int value) {
    capacity = value;
    return this;
  }

  /** Takes a capability away; it has all but {@link Capability#HOLD} by default. */
  public FakeLightningBuilder without(Capability capability) {
    capabilities.remove(capability);
    return this;
  }

  /** The node. */
  public FakeLightning build() {
    return new FakeLightning(this);
  }
}
