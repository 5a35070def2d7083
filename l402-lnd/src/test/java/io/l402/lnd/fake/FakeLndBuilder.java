// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.l402.bolt11.NodeKey;
import io.l402.lightning.Network;
import java.security.SecureRandom;
import java.time.Clock;

/** Begins a {@link FakeLnd}. */
public final class FakeLndBuilder {
  Clock clock = Clock.systemUTC();
  Network network = Network.REGTEST;
  LndProfile profile = LndProfile.V0_21;
  NodeKey key = NodeKey.random(new SecureRandom());
  boolean nativeSqlOrder;
  boolean dropCanceled;

  FakeLndBuilder() {}

  /** What time it is for invoices and macaroons; by default the system's. */
  public FakeLndBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** The network; by default regtest. */
  public FakeLndBuilder network(Network value) {
    network = value;
    return this;
  }

  /** Which lnd it is like; by default the current one. */
  public FakeLndBuilder profile(LndProfile value) {
    profile = value;
    return this;
  }

  /** Who signs the invoices; by default a fresh key. */
  public FakeLndBuilder key(NodeKey value) {
    key = value;
    return this;
  }

  /** Whether settlements are replayed in the order of adding, as with lnd's native SQL store. */
  public FakeLndBuilder nativeSqlOrder(boolean value) {
    nativeSqlOrder = value;
    return this;
  }

  /** Whether canceled invoices are forgotten, as with {@code --gc-canceled-invoices-on-the-fly}. */
  public FakeLndBuilder dropCanceled(boolean value) {
    dropCanceled = value;
    return this;
  }

  /** Starts it. */
  public FakeLnd start() {
    FakeLnd lnd = new FakeLnd(this);
    lnd.start();
    return lnd;
  }
}
