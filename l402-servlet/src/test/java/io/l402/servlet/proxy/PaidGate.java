// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.L402Challenge;
import io.l402.L402Credential;
import io.l402.gate.L402Listener;
import io.l402.servlet.ServiceBuilder;
import io.l402.testkit.FakeLightning;
import java.util.List;
import java.util.function.Consumer;

/** A gate that asks for money, and a node with somebody at it who pays. */
final class PaidGate implements AutoCloseable {
  private final FakeLightning node = FakeLightning.create();
  final Gate gate;

  private PaidGate(String address, Consumer<ServiceBuilder> settings, L402Listener listener)
      throws Exception {
    Consumer<ServiceBuilder> paid = service -> settings.accept(service.set("auth", "on"));
    gate =
        Gate.of(
            Gate.config(address, "http", paid).simulatedBackend(node).listener(listener).build(),
            "/",
            "/*");
  }

  static PaidGate to(RawUpstream upstream) throws Exception {
    return to(upstream.address(), service -> {}, L402Listener.NONE);
  }

  static PaidGate to(RawUpstream upstream, Consumer<ServiceBuilder> settings) throws Exception {
    return to(upstream.address(), settings, L402Listener.NONE);
  }

  static PaidGate to(String address, Consumer<ServiceBuilder> settings, L402Listener listener)
      throws Exception {
    return new PaidGate(address, settings, listener);
  }

  /** Pays for a token. */
  L402Credential buy() throws Exception {
    List<String> head = List.of(gate.get("/").split("\r\n"));
    L402Challenge challenge =
        L402Challenge.parse(RawClient.values(head, "WWW-Authenticate")).orElseThrow();
    return challenge.withPreimage(node.pay(challenge.invoice().toString()));
  }

  /** The field with a token that was paid for. */
  String token() throws Exception {
    return "Authorization: " + buy().toAuthorization();
  }

  @Override
  public void close() {
    gate.close();
    node.close();
  }
}
