// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostFieldTest {
  @ParameterizedTest
  @CsvSource({
    "ex.test, ex.test, ex.test",
    "EX.Test, ex.test, ex.test",
    "ex.test., ex.test, ex.test",
    "ex.test:8081, ex.test, ex.test:8081",
    "EX.TEST.:080, ex.test, ex.test:80",
    "my_host:65535, my_host, my_host:65535",
    "localhost, localhost, localhost",
    "127.0.0.1:1, 127.0.0.1, 127.0.0.1:1",
    "[::1], [::1], [::1]",
    "[2001:DB8::1]:443, [2001:db8::1], [2001:db8::1]:443",
  })
  void readsNameAndPort(String value, String name, String authority) {
    HostField.Named host = assertInstanceOf(HostField.Named.class, HostField.of(value));
    assertEquals(name, host.name());
    assertEquals(authority, host.authority());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a, b",
        "a,b",
        "ex.test/public",
        "ex.test#x",
        "ex.test?x",
        "u@ex.test",
        "u:p@ex.test",
        "u:p#@ex.test",
        "ex.test:",
        "ex.test:x",
        "ex.test:+80",
        "ex.test:-1",
        "ex.test:0",
        "ex.test:65536",
        "ex.test:000080",
        "ex.test:80:81",
        "ex.test:\u0660\u0660",
        "ex..test",
        ".ex.test",
        "ex.test..",
        ".",
        ":80",
        "::1",
        "[::1",
        "[]",
        "[127.0.0.1]",
        "[::1%eth0]",
        "[v1.x]",
        "[::1]x",
        "[::1]]:80",
        "x[::1]",
        " ex.test",
        "ex.test ",
        "ex test",
        "ex%2etest",
        "exämple.test",
        "ex.test\r\n",
        "ex.test\u0000",
        "ex\\test",
        "a123456789012345678901234567890123456789012345678901234567890123.test"
      })
  void callsAnythingElseMalformed(String value) {
    assertInstanceOf(HostField.Malformed.class, HostField.of(value), value);
  }

  @Test
  void callsALongNameMalformed() {
    String longest = "a.".repeat(126) + "a";
    assertInstanceOf(HostField.Named.class, HostField.of(longest));
    assertInstanceOf(HostField.Malformed.class, HostField.of("a." + longest));
  }

  @Test
  void mayBeAbsent() {
    assertInstanceOf(HostField.Absent.class, HostField.of((String) null));
    assertInstanceOf(HostField.Absent.class, HostField.of(""));
    assertInstanceOf(HostField.Absent.class, HostField.of(List.of()));
  }

  @Test
  void takesOneFieldOnly() {
    assertEquals(
        new HostField.Named("ex.test", OptionalInt.empty()), HostField.of(List.of("ex.test")));
    assertInstanceOf(HostField.Malformed.class, HostField.of(List.of("ex.test", "ex.test")));
  }
}
