// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** An application behind the proxy, and somebody who has paid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class RestCase {
  static final int BIG = 16 << 20;

  RestUpstream upstream;
  ProxyShop shop;
  String token;

  @BeforeAll
  void open() throws Exception {
    upstream = new RestUpstream();
    shop = ProxyShop.open(config -> ProxyShop.rest(config, upstream.port()));
    token = shop.buy("/paid/hello");
  }

  @BeforeEach
  void forget() {
    upstream.events.clear();
    upstream.calls.set(0);
  }

  @AfterAll
  void close() {
    shop.close();
    upstream.close();
  }
}
