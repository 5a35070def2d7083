// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LndAddressTest {
  @Test
  void readsHostAndPort() {
    assertEquals(new LndAddress("node.example", 10010), LndAddress.parse("node.example:10010"));
    assertEquals(new LndAddress("127.0.0.1", 1), LndAddress.parse("127.0.0.1:1"));
    assertEquals(new LndAddress("::1", 10009), LndAddress.parse("[::1]:10009"));
  }

  @Test
  void takesLndsPortWhereThereIsNone() {
    assertEquals(new LndAddress("localhost", 10009), LndAddress.parse("localhost"));
    assertEquals("[fe80::1]:10009", LndAddress.parse("[fe80::1]").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":10009",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "localhost:x",
        "::1",
        "a b:1",
        "https://localhost:8080",
        "localhost:10009/",
        "[::1",
        "unix:/tmp/lnd.sock"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThrows(IllegalArgumentException.class, () -> LndAddress.parse(text));
  }
}
