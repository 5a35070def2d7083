// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies 10.0.0.0/8 and 2001:db8:ffff::/48 are trusted; 10.0.0.1 is the one next to us. */
class ClientAddressTest {
  private final List<InetAddress> warned = new ArrayList<>();
  private final ClientAddress clients =
      new ClientAddress(
          List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8:ffff::/48")),
          warned::add);

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "fe80:0:0:0:0:0:0:1%eth0, fe80:0:0:0:0:0:0:1",
    "[fe80::1%2], fe80:0:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "'', 0.0.0.0",
    "/run/web.sock, 0.0.0.0",
    "localhost, 0.0.0.0",
  })
  void isThePeerWithoutFields(String socket, String client) {
    assertEquals(client, text(clients.of(socket, List.of(), List.of())));
  }

  @Test
  void isAnUnknownPeerIfThereIsNone() {
    assertEquals("0.0.0.0", text(clients.of(null, List.of(), List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                        | 203.0.113.7",
        "6.6.6.6, 203.0.113.7               | 203.0.113.7",
        "6.6.6.6, 203.0.113.7, 10.0.0.2     | 203.0.113.7",
        "203.0.113.7,10.9.9.9,10.0.0.2      | 203.0.113.7",
        "203.0.113.7:5678                   | 203.0.113.7",
        "2001:db8::7                        | 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]                      | 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:443                  | 2001:db8:0:0:0:0:0:7",
        "203.0.113.7, 2001:db8:ffff::9      | 203.0.113.7",
        "::ffff:203.0.113.7                 | 203.0.113.7",
        "6.6.6.6, ::ffff:10.0.0.2           | 6.6.6.6",
        "10.0.0.3, 10.0.0.2                 | 10.0.0.3",
      })
  void walksOverTrustedHopsFromTheRight(String field, String client) {
    assertEquals(client, forwardedFor(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "_hidden",
        "localhost",
        "127.1",
        "2130706433",
        "0",
        "0x7f000001",
        "010.0.0.1",
        "203.0.113.7:",
        "203.0.113.7:x",
        "203.0.113.7:123456",
        "[203.0.113.7]",
        "[2001:db8::7",
        "[2001:db8::7]x",
        "fe80::7%eth0",
        "[fe80::7%eth0]:1",
        "203.0.113.7 6.6.6.6",
        "\"203.0.113.7\"",
        "",
        " ",
        "203.0.113.7,",
        "203.0.113.7\u0000",
      })
  void stopsAtTheLastGoodHop(String bad) {
    assertEquals("10.0.0.1", forwardedFor(bad));
    assertEquals("10.0.0.2", forwardedFor("6.6.6.6, " + bad + ", 10.0.0.2"));
  }

  @Test
  void readsSeveralFieldsAsOneList() {
    Optional<InetAddress> client =
        clients.of("10.0.0.1", List.of("6.6.6.6", "203.0.113.7", "10.0.0.3, 10.0.0.2"), List.of());
    assertEquals("203.0.113.7", text(client));
  }

  @Test
  void readsTenHopsAtMost() {
    assertEquals("203.0.113.7", forwardedFor("203.0.113.7" + ", 10.0.0.2".repeat(9)));
    assertEquals("10.0.0.2", forwardedFor("203.0.113.7" + ", 10.0.0.2".repeat(10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.7                                         | 203.0.113.7",
        "For=203.0.113.7;proto=https;by=10.0.0.1                 | 203.0.113.7",
        "proto=https ; for=\"203.0.113.7:80\"                    | 203.0.113.7",
        "for=\"[2001:db8::7]:4711\"                              | 2001:db8:0:0:0:0:0:7",
        "for=\"[2001:db8::7]\"                                   | 2001:db8:0:0:0:0:0:7",
        "for=6.6.6.6, for=203.0.113.7;host=x, for=10.0.0.2       | 203.0.113.7",
        "for=\"6.6.6.6, for=203.0.113.7                          | 203.0.113.7",
        "for=\"6.6.6.6\\, for=203.0.113.7                        | 203.0.113.7",
        "for=203.0.113.7;host=\"evil, for=6.6.6.6\"              | 10.0.0.1",
        "for=6.6.6.6, for=unknown, for=10.0.0.2                  | 10.0.0.2",
        "for=6.6.6.6, for=_gazonk, for=10.0.0.2                  | 10.0.0.2",
        "for=203.0.113.7;for=6.6.6.6                             | 10.0.0.1",
        "for=203.0.113.7;x=\"a;for=6.6.6.6\"                     | 10.0.0.1",
        "by=203.0.113.7                                          | 10.0.0.1",
        "203.0.113.7                                             | 10.0.0.1",
        "for=\"203.0.113\\.7\"                                   | 10.0.0.1",
        "for=                                                    | 10.0.0.1",
        "for=203.0.113.7;                                        | 10.0.0.1",
        "xfor=203.0.113.7                                        | 10.0.0.1",
      })
  void readsForwardedInTheSameWay(String field, String client) {
    assertEquals(client, text(clients.of("10.0.0.1", List.of(), List.of(field))));
  }

  @Test
  void takesBothFieldsIfTheyAgree() {
    Optional<InetAddress> client =
        clients.of(
            "10.0.0.1", List.of("6.6.6.6, 203.0.113.7"), List.of("for=203.0.113.7, for=10.0.0.2"));
    assertEquals("203.0.113.7", text(client));
  }

  @Test
  void findsNoClientIfTheFieldsDisagree() {
    assertEquals(
        Optional.empty(),
        clients.of("10.0.0.1", List.of("203.0.113.7"), List.of("for=6.6.6.6")),
        "a proxy that writes one of them passes on what the client wrote into the other");
    assertEquals(
        Optional.empty(), clients.of("10.0.0.1", List.of("203.0.113.7"), List.of("for=unknown")));
    assertEquals(
        Optional.empty(), clients.of("10.0.0.1", List.of("6.6.6.6"), List.of("for=203.0.113.7")));
  }

  @Test
  void believesNobodyWhoIsNotTrusted() {
    for (String peer : new String[] {"192.0.2.1", "192.168.1.1", "11.0.0.1"}) {
      assertEquals(peer, text(clients.of(peer, List.of("203.0.113.7"), List.of("for=6.6.6.6"))));
    }
  }

  @Test
  void believesAPeerWithoutAddressOnlyIfConfigured() {
    assertEquals("0.0.0.0", text(clients.of("", List.of("203.0.113.7"), List.of())));
    ClientAddress sockets = new ClientAddress(List.of(AddressRange.parse("0.0.0.0")), warned::add);
    assertEquals("203.0.113.7", text(sockets.of("", List.of("203.0.113.7"), List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.0.1",
        "::1",
        "fe80::1%1",
        "fd00::1"
      })
  void warnsOnceAboutAFieldFromAnUntrustedPrivatePeer(String peer) {
    clients.of("192.0.2.1", List.of("203.0.113.7"), List.of());
    clients.of(peer, List.of(), List.of());
    assertEquals(0, warned.size(), "a public peer, or no field");
    for (int i = 0; i < 3; i++) {
      clients.of(peer, List.of("203.0.113.7"), List.of());
      clients.of(peer, List.of(), List.of("for=203.0.113.7"));
    }
    assertEquals(1, warned.size());
  }

  @Test
  void doesNotWarnAboutTrustedPeers() {
    clients.of("10.0.0.1", List.of("203.0.113.7"), List.of());
    assertEquals(0, warned.size());
  }

  @Test
  void readsTheFieldsOfARequest() {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getRemoteAddr()).thenReturn("10.0.0.1");
    when(request.getHeaders("X-Forwarded-For"))
        .thenReturn(Collections.enumeration(List.of("6.6.6.6", "203.0.113.7")));
    assertEquals("203.0.113.7", text(clients.of(request)));
  }

  private String forwardedFor(String field) {
    return text(clients.of("10.0.0.1", List.of(field), List.of()));
  }

  private static String text(Optional<InetAddress> address) {
    return address.orElseThrow().getHostAddress();
  }
}
