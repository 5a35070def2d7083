// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A gRPC server, the proxy and a client that has paid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class GrpcCase {
  GrpcUpstream upstream;
  ProxyShop shop;
  String token;
  GrpcCaller paid;
  private GrpcCaller connection;

  @BeforeAll
  void open() throws Exception {
    upstream = new GrpcUpstream();
    shop = ProxyShop.open(config -> ProxyShop.grpc(config, upstream.port()));
    token = shop.buy("/it.Paid/Echo");
  }

  /** On a connection of its own: containers close one on which much is canceled. */
  @BeforeEach
  void connect() {
    upstream.forget();
    connection = GrpcCaller.of(shop.port(), "it.Paid");
    paid = connection.withToken(token);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @AfterAll
  void close() {
    shop.close();
    upstream.close();
  }
}
