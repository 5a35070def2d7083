// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A host whose address in the DNS changes. While it is open, gRPC knows no other host. */
final class MovingHost extends NameResolverProvider implements AutoCloseable {
  private volatile int port;

  /** The host, at first on this port of 127.0.0.1. */
  static MovingHost at(int port) {
    MovingHost host = new MovingHost();
    host.port = port;
    NameResolverRegistry.getDefaultRegistry().register(host);
    return host;
  }

  void moveTo(int port) {
    this.port = port;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      private Listener2 listener;

      @Override
      public String getServiceAuthority() {
        return "moving.example";
      }

      @Override
      public void start(Listener2 to) {
        listener = to;
        refresh();
      }

      @Override
      public void refresh() {
        var group =
            new EquivalentAddressGroup(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(List.of(group)))
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }

  @Override
  public String getDefaultScheme() {
    return "dns";
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Before the one that asks the DNS. */
  @Override
  protected int priority() {
    return 9;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return Set.of(InetSocketAddress.class);
  }

  @Override
  public void close() {
    NameResolverRegistry.getDefaultRegistry().deregister(this);
  }
}
