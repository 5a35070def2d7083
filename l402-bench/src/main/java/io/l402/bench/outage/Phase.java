// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

/** What goes on while there are requests with sold tokens. */
enum Phase {
  /** The node is up and nobody asks for challenges: the server has nothing else to do. */
  QUIET("quiet"),
  /** The node is up and many ask for challenges. */
  UP("up"),
  /** The node is silent and as many ask for challenges. */
  SILENT("silent");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
