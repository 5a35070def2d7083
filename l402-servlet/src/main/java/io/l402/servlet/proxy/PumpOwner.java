// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** What the pumps of both directions have in common to tell and to ask. */
interface PumpOwner {
  /** Does something with the client's stream; nothing if that was taken back. */
  default void visit(Runnable work) {
    work.run();
  }

  /** Bytes moved. */
  void moved();
}
