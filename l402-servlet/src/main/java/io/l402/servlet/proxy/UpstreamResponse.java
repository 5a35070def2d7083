// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An upstream's answer. The body is read by one thread at a time. */
interface UpstreamResponse {
  /** What {@link #read} returns at the end. */
  int END = -1;

  /** The status. */
  int status();

  /** The header fields, in order. */
  List<Field> fields();

  /**
   * Reads what is there of the body; never waits.
   *
   * @return how much was read, 0 if nothing is there yet, or {@link #END}
   * @throws IOException if the answer broke off
   */
  int read(byte[] into) throws IOException;

  /** Is told once when there may be more to read; to be asked after nothing was there. */
  void onReadable(Runnable readable);

  /** The trailers, known at the end. */
  Map<String, String> trailers();
}
