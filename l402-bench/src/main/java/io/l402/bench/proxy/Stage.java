// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import io.l402.bench.outage.ChildJvm;
import io.l402.bench.outage.Shopper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Everything that runs: the upstream, the proxy before it, and a token for each protocol. */
final class Stage implements AutoCloseable {
  private static final double NANOS_PER_MICRO = 1e3;

  private final ChildJvm upstream;
  private final ChildJvm proxy;
  private final Map<Protocol, Load> loads =
      Map.of(Protocol.HTTP, new Wrk(), Protocol.GRPC, new H2load());
  private final Map<Protocol, URI> upstreams = new EnumMap<>(Protocol.class);
  private final Map<Protocol, String> tokens = new EnumMap<>(Protocol.class);
  private final URI front;

  Stage() throws IOException, InterruptedException {
    upstream = ChildJvm.start(UpstreamProcess.class);
    String http = upstream.hear();
    String grpc = upstream.hear();
    proxy = ChildJvm.start(ProxyProcess.class, http, grpc);
    upstreams.put(Protocol.HTTP, at(http));
    upstreams.put(Protocol.GRPC, at(grpc));
    front = at(proxy.hear());
    for (Protocol protocol : Protocol.values()) {
      tokens.put(protocol, new Shopper(proxy, uri(protocol, Subject.SOLD)).buy());
    }
  }

  private static URI at(String port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private URI uri(Protocol protocol, Subject subject) {
    URI base = subject == Subject.UPSTREAM ? upstreams.get(protocol) : front;
    return base.resolve(subject.prefix() + protocol.path());
  }

  private Optional<String> token(Protocol protocol, Subject subject) {
    return subject.hasToken() ? Optional.of(tokens.get(protocol)) : Optional.empty();
  }

  /** Asks for everything once, and says what is wrong with the answer if anything is. */
  void verify() throws IOException, InterruptedException {
    for (Subject subject : Subject.values()) {
      Probe.http(uri(Protocol.HTTP, subject), token(Protocol.HTTP, subject));
      Probe.grpc(uri(Protocol.GRPC, subject), subject, token(Protocol.GRPC, subject));
    }
    Probe.refuses(uri(Protocol.HTTP, Subject.SOLD), uri(Protocol.GRPC, Subject.SOLD));
  }

  Measurement measure(Protocol protocol, Subject subject, Duration time)
      throws IOException, InterruptedException {
    long countBefore = answered();
    long proxyBefore = proxy.cpu().toNanos();
    long upstreamBefore = upstream.cpu().toNanos();
    Neighbours neighbours = new Neighbours(proxy, upstream);
    LoadResult load =
        loads.get(protocol).run(uri(protocol, subject), token(protocol, subject), time);
    double others = neighbours.read();
    double proxyNanos = proxy.cpu().toNanos() - proxyBefore;
    double upstreamNanos = upstream.cpu().toNanos() - upstreamBefore;
    check(load, answered() - countBefore);
    double each = NANOS_PER_MICRO * load.requests();
    return new Measurement(load, proxyNanos / each, upstreamNanos / each, others);
  }

  private long answered() throws IOException {
    return Long.parseLong(upstream.ask("count"));
  }

  /** A gRPC error is a 200 too, so it is counted whether the upstream was asked. */
  private static void check(LoadResult load, long answered) throws IOException {
    if (load.failed() > 0 || answered < load.requests()) {
      throw new IOException(load + ", but the upstream answered " + answered);
    }
  }

  @Override
  public void close() {
    proxy.close();
    upstream.close();
  }
}
