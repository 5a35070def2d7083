// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * One HTTP client for all upstreams that can share one, made when the first is asked for. Safe for
 * use by many threads.
 */
final class UpstreamClients implements AutoCloseable {
  private final Function<ClientKey, UpstreamClient> factory;
  private final ConcurrentMap<ClientKey, UpstreamClient> clients = new ConcurrentHashMap<>();

  UpstreamClients(Function<ClientKey, UpstreamClient> factory) {
    this.factory = factory;
  }

  /** The client for an upstream. */
  UpstreamClient of(Upstream upstream) {
    return clients.computeIfAbsent(ClientKey.of(upstream), factory);
  }

  @Override
  public void close() {
    clients.values().forEach(UpstreamClient::close);
    clients.clear();
  }
}
