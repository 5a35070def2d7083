// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.ArrayList;
import java.util.List;

/** Wants exactly one macaroon with every call, good for the method. */
final class MacaroonCheck implements ServerInterceptor {
  private static final Metadata.Key<String> MACAROON =
      Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

  private final Bakery bakery;

  MacaroonCheck(Bakery bakery) {
    this.bakery = bakery;
  }

  static List<String> values(Metadata headers) {
    Iterable<String> values = headers.getAll(MACAROON);
    List<String> all = new ArrayList<>();
    if (values != null) {
      values.forEach(all::add);
    }
    return all;
  }

  @Override
  public <Q, P> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
    try {
      check(values(headers), Calls.uri(call));
    } catch (LndError e) {
      return Calls.refuse(call, e.status());
    }
    return next.startCall(call, headers);
  }

  private void check(List<String> macaroons, String uri) {
    if (macaroons.size() != 1) {
      throw LndError.of("expected 1 macaroon, got " + macaroons.size());
    }
    bakery.check(macaroons.get(0), uri);
  }
}
