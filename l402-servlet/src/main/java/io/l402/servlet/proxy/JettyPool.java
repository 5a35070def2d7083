// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.MultiplexConnectionPool;

/**
 * Connections to one upstream, each of which can be retired: it carries what is under way on it to
 * the end, but nothing new. Safe for use by many threads.
 */
final class JettyPool extends MultiplexConnectionPool {
  /** Until it is said otherwise a connection carries one exchange at a time, as over HTTP/1.1. */
  private static final int AT_ONCE = 1;

  private final Set<Connection> retired = ConcurrentHashMap.newKeySet();

  JettyPool(Destination destination, int maxConnections) {
    super(destination, maxConnections, AT_ONCE);
  }

  /** Uses a connection for nothing new. */
  void retire(Connection connection) {
    retired.add(connection);
    if (!isActive(connection)) {
      retired.remove(connection); // it had gone already
    }
  }

  /**
   * To take one out counts as the end of an exchange, so that is done when it was taken for one:
   * others that go on would be broken off too early otherwise.
   */
  @Override
  protected Connection activate() {
    Connection found = super.activate();
    while (found != null && retired.contains(found)) {
      if (remove(found)) {
        found.close();
      }
      found = super.activate();
    }
    return found;
  }

  @Override
  protected void onRemoved(Connection connection) {
    retired.remove(connection);
    super.onRemoved(connection);
  }
}
