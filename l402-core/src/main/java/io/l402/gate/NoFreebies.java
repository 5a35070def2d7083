// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.net.InetAddress;

/** Nothing is free. */
final class NoFreebies implements FreebieStore {
  @Override
  public boolean tryConsume(String service, InetAddress client, int allowed) {
    return false;
  }

  @Override
  public void giveBack(String service, InetAddress client) {
    // Nothing was taken.
  }
}
