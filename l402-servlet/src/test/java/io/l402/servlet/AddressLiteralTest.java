// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "192.0.2.1",
        "255.255.255.255",
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:DB8:0:0:8:800:200C:417A",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:192.0.2.1",
        "64:ff9b::192.0.2.33",
        "::192.0.2.1",
        "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
      })
  void readsWhatTheJdkReadsAsALiteral(String text) throws UnknownHostException {
    assertEquals(Optional.of(InetAddress.getByName(text)), AddressLiteral.parse(text));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "127.1",
        "2130706433",
        "0",
        "0x7f.0.0.1",
        "127.0.0.01",
        "010.0.0.1",
        "00.0.0.0",
        "1.2.3.256",
        "1.2.3.1000",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1..2.3",
        "+1.2.3.4",
        "-1.2.3.4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4:80",
        "1.2.3.\u0664",
        "localhost",
        "example.test",
        "unknown",
        "_hidden",
        ":",
        ":::",
        "1:",
        ":1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        "12345::",
        "g::",
        "+1::",
        "::1%eth0",
        "fe80::1%1",
        "[::1]",
        "[::1]:80",
        "::1.2.3",
        "::1.2.3.4.5",
        "::01.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1.2.3.4:1:2:3:4:5:6",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1/128",
        "::\u0661",
      })
  void takesNothingElse(String text) {
    assertEquals(Optional.empty(), AddressLiteral.parse(text));
  }

  @Test
  void foldsIpv4WithinIpv6() {
    for (String text : new String[] {"::ffff:192.0.2.1", "0:0:0:0:0:FFFF:c000:201"}) {
      InetAddress address = AddressLiteral.parse(text).orElseThrow();
      assertInstanceOf(Inet4Address.class, address);
      assertEquals("192.0.2.1", address.getHostAddress());
    }
  }

  @Test
  void readsEveryAddressAsTheJdkWritesIt() throws UnknownHostException {
    Random random = new Random(402);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int zeros = random.nextInt(bytes.length); zeros > 0; zeros--) {
        bytes[random.nextInt(bytes.length)] = 0;
      }
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      assertArrayEquals(bytes, AddressLiteral.bytes(text).orElseThrow(), text);
    }
  }
}
