// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.net.InetAddress;

/** Counts the free requests of clients. Implementations are safe for use by many threads. */
public interface FreebieStore {
  /**
   * Takes one free request, atomically: of any number of threads, exactly {@code allowed} succeed.
   *
   * @param service the service's name
   * @param client the client; those of one network prefix share a count
   * @param allowed how many there are
   * @return whether one was left
   */
  boolean tryConsume(String service, InetAddress client, int allowed);

  /**
   * Returns a free request that was taken by {@link #tryConsume} and not used after all, because
   * the request was refused for another reason.
   *
   * @param service the service's name
   * @param client the client
   */
  void giveBack(String service, InetAddress client);
}
