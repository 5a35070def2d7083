// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The bitcoin networks, by lnd's names, and what their BOLT 11 invoices begin with. */
public enum Network {
  /** Real money. */
  MAINNET("lnbc"),
  /** The test network. */
  TESTNET("lntb"),
  /** The signet test network. */
  SIGNET("lntbs"),
  /** A private chain for tests. */
  REGTEST("lnbcrt"),
  /** btcd's simulation network. */
  SIMNET("lnsb");

  private final String prefix;

  Network(String prefix) {
    this.prefix = prefix;
  }

  /** What an invoice begins with, before its amount. */
  public String prefix() {
    return prefix;
  }

  /** The network of a lower-case name such as {@code mainnet}; empty if there is none. */
  public static Optional<Network> byName(String name) {
    return Arrays.stream(values()).filter(n -> n.toString().equals(name)).findFirst();
  }

  /** lnd's name, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
