// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that arrive, and the macaroons each of them brings. */
final class CallLog implements ServerInterceptor {
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final Map<String, Set<Integer>> macaroons = new ConcurrentHashMap<>();

  @Override
  public <Q, P> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
    String method = Calls.method(call);
    macaroons
        .computeIfAbsent(method, m -> new ConcurrentSkipListSet<>())
        .add(MacaroonCheck.values(headers).size());
    calls.computeIfAbsent(method, m -> new AtomicLong()).incrementAndGet();
    return next.startCall(call, headers);
  }

  long calls(String method) {
    AtomicLong count = calls.get(method);
    return count == null ? 0 : count.get();
  }

  Set<Integer> macaroons(String method) {
    return new TreeSet<>(macaroons.getOrDefault(method, Set.of()));
  }
}
