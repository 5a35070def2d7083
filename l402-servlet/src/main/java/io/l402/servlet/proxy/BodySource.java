// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;

/** Where bytes come from. To be read by one thread at a time. */
interface BodySource {
  /** What {@link #read} returns at the end. */
  int END = -1;

  /**
   * Reads what is there; never waits.
   *
   * @return how much was read, 0 if nothing is there yet, or {@link #END}
   * @throws IOException if it broke off
   */
  int read(byte[] into) throws IOException;

  /** Is told once when there may be more to read; to be asked after nothing was there. */
  void onReadable(Runnable readable);
}
