// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.servlet.ServiceTable.Lookup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTableTest {
  private static final String BACKEND = "backend: simulated\nservices:\n";

  @Test
  void takesTheFirstServiceThatMatches() {
    ServiceTable table =
        table(
            """
            - {name: one, paths: /a}
            - {name: two, paths: /a/*}
            - {name: three}
            """);
    assertEquals("one", name(table.find("h", "/a")));
    assertEquals("two", name(table.find("h", "/a/b")));
    assertEquals("three", name(table.find("h", "/b")));
  }

  @Test
  void findsRegularExpressionsAnywhereAsApertureDoes() {
    ServiceTable table = table("- {name: one, hostregexp: example, pathregexp: 'x.z'}");
    assertEquals("one", name(table.find("api.example.com", "/a/xyz/b")));
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("api.example.com", "/a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/paid",
        "/PAID",
        "/Paid",
        "/paid/",
        "/paid.",
        "/paid ",
        "/paid. .",
        "/PAID./",
        "/paid/ ",
        "/paid/.../"
      })
  void takesPaidPathsInEverySpellingThatALaxApplicationTakes(String path) {
    for (String pattern : List.of("paths: /paid", "pathregexp: '^/paid$'", "paths: /paid/*")) {
      ServiceTable table = table("- {name: one, " + pattern + "}");
      assertEquals("one", name(table.find("h", path)), pattern);
    }
    ServiceTable slash = table("- {name: one, pathregexp: '^/paid/$'}");
    assertEquals("one", name(slash.find("h", path)));
  }

  @Test
  void takesInnerSegmentsInEverySpellingToo() {
    ServiceTable table = table("- {name: one, paths: /paid/x}");
    assertEquals("one", name(table.find("h", "/paid./X")));
    assertEquals("one", name(table.find("h", "/Paid /x.")));
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("h", "/paid/xy"));
  }

  @Test
  void takesFreePathsExactly() {
    ServiceTable table =
        table(
            """
            - {name: free, paths: /free, auth: off}
            - {name: rest, pathregexp: '^/.*$'}
            """);
    assertEquals("free", name(table.find("h", "/free")));
    for (String path : List.of("/FREE", "/free/", "/free.", "/free ", "/free/x", "/x/free")) {
      assertEquals("rest", name(table.find("h", path)), path);
    }
  }

  @Test
  void aPaidServiceThatComesFirstTakesOtherSpellingsFromAFreeOneBehindIt() {
    ServiceTable table =
        table(
            """
            - {name: paid, paths: /paid}
            - {name: rest, auth: off}
            """);
    assertEquals("paid", name(table.find("h", "/PAID")));
    assertEquals("paid", name(table.find("h", "/paid/")));
    assertEquals("rest", name(table.find("h", "/other")));
  }

  @Test
  void freebiesCountAsPaid() {
    ServiceTable table = table("- {name: one, paths: /x, auth: freebie 3}");
    assertEquals("one", name(table.find("h", "/X")));
  }

  @Test
  void whitelistsExactlyAndOnlyAtTheStart() {
    ServiceTable table =
        table("- {name: one, authwhitelistpaths: ['^/pub/.*$', '^/a|/b'], freepaths: [/f, /g/*]}");
    for (String path : List.of("/pub/x", "/a", "/b", "/f", "/g", "/g/x")) {
      assertTrue(match(table.find("h", path)).whitelisted(), path);
    }
    for (String path :
        List.of("/Pub/x", "/x/pub/y", "/x/b", "/B", "/F", "/f/", "/f/x", "/G/x", "/gx", "/x/f")) {
      assertFalse(match(table.find("h", path)).whitelisted(), path);
    }
  }

  @Test
  void takesUnanchoredWhitelistsAsTheyAreOnlyIfAllowed() {
    ServiceTable table = table("- {name: one, authwhitelistpaths: [/b], unanchored: allow}");
    assertTrue(match(table.find("h", "/x/b")).whitelisted());
  }

  @Test
  void saysWhereNoInvoiceIsMade() {
    ServiceTable table = table("- {name: one, authskipinvoicecreationpaths: ['^/skip']}");
    assertTrue(match(table.find("h", "/skip/x")).skipInvoice());
    assertFalse(match(table.find("h", "/x")).skipInvoice());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "SHOP.EXAMPLE",
        "shop.example.",
        "shop.example:8080",
        "Shop.Example.:1"
      })
  void takesAHostInEverySpelling(String host) {
    for (String hosts : List.of("host: Shop.Example", "hostregexp: '^shop\\.example$'")) {
      ServiceTable table = table("- {name: one, paths: /paid, " + hosts + "}");
      assertEquals("one", name(table.find(host, "/paid")), hosts);
      assertInstanceOf(Lookup.UnmatchedPath.class, table.find(host, "/other"), hosts);
    }
  }

  @Test
  void triesTheHostWithItsPortToo() {
    ServiceTable table =
        table(
            """
            - {name: one, host: "shop.example:81"}
            - {name: two, hostregexp: '^shop\\.example:82$'}
            """);
    assertEquals("one", name(table.find("shop.example:81", "/")));
    assertEquals("two", name(table.find("shop.example:82", "/")));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("shop.example", "/"));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("shop.example:83", "/"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        ".",
        "evil.example",
        "shop.example.evil.example",
        "xshop.example",
        "shop.example..",
        "shop.example@evil.example",
        "evil.example, shop.example",
        "shop.example/paid",
        "[::1]",
        "127.0.0.1:8080",
        "shop.example:",
        "shop.example:99999",
        " shop.example"
      })
  void aForeignHostNeverReachesAPaidPathUnpaid(String host) {
    for (String rest : List.of("", "- {name: free, auth: off}\n", "- {name: cheap}\n")) {
      for (String hosts :
          List.of("host: shop.example", "hostregexp: '^shop\\.example(:[0-9]+)?$'")) {
        ServiceTable table =
            table("- {name: paid, paths: /paid, price: 100, " + hosts + "}\n" + rest);
        assertInstanceOf(Lookup.UnknownHost.class, table.find(host, "/paid"), hosts + rest);
        assertInstanceOf(Lookup.UnknownHost.class, table.find(host, "/PAID/"), hosts + rest);
      }
    }
  }

  @Test
  void aPathThatNoPaidServiceWantsIsLeftToAServiceOfAnyHost() {
    ServiceTable table =
        table(
            """
            - {name: paid, paths: /paid, host: shop.example}
            - {name: free, paths: /free, auth: off}
            """);
    assertEquals("free", name(table.find("evil.example", "/free")));
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("evil.example", "/other"));
  }

  @Test
  void aServiceThatNamesItsHostsTakesThePathsOfAnotherHost() {
    ServiceTable table =
        table(
            """
            - {name: paid, paths: /x, host: shop.example}
            - {name: free, paths: /x, host: free.example, auth: off}
            """);
    assertEquals("paid", name(table.find("shop.example", "/x")));
    assertEquals("free", name(table.find("free.example", "/x")));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("evil.example", "/x"));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("evil.example", "/y"));
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("free.example", "/y"));
  }

  @Test
  void anotherUpstreamMayServeTheSamePathOnOtherHosts() {
    ServiceTable table =
        table(
            """
            - {name: one, hostregexp: '^one$', address: "a:1", protocol: http}
            - {name: two, address: "b:1", protocol: http}
            - {name: three, address: "a:1", protocol: http}
            """);
    assertEquals("one", name(table.find("one", "/x")));
    assertEquals("two", name(table.find("other", "/x")));
  }

  @Test
  void noForeignHostLeadsPastAnyOfSeveralPaidServices() {
    ServiceTable table =
        table(
            """
            - {name: one, hostregexp: '^one$', address: "a:1", protocol: http}
            - {name: two, hostregexp: '^two$', address: "b:1", protocol: http, price: 100}
            - {name: three, address: "b:1", protocol: http, auth: off}
            """);
    assertEquals("two", name(table.find("two", "/x")));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("other", "/x"));
  }

  @Test
  void anUpstreamIsTheSameWhateverIsSpokenToIt() {
    ServiceTable table =
        table(
            """
            - {name: one, hostregexp: '^one$', address: "a:1", protocol: h2c}
            - {name: two, address: "a:1", protocol: http, auth: off}
            """);
    assertInstanceOf(Lookup.UnknownHost.class, table.find("other", "/x"));
  }

  @Test
  void theListOfHostsComesBeforeEverything() {
    String document = "hosts: [shop.example]\n" + BACKEND + "  - {name: a, paths: /paid}\n";
    ServiceTable table = Configs.yaml(document).table();
    assertEquals("a", name(table.find("SHOP.example.:80", "/paid")));
    assertInstanceOf(Lookup.UnmatchedPath.class, table.find("shop.example", "/x"));
    assertInstanceOf(Lookup.UnknownHost.class, table.find("evil", "/paid"));
    assertInstanceOf(Lookup.UnknownHost.class, table.find((String) null, "/x"));
  }

  @Test
  void withoutHostsConfiguredEveryHostReachesThePaidPath() {
    ServiceTable table = table("- {name: one, paths: /paid}");
    for (String host : List.of("", "evil", "EVIL.", "a:1", "[::1]:8080")) {
      assertEquals("one", name(table.find(host, "/paid")), host);
    }
    assertInstanceOf(Lookup.UnknownHost.class, table.find("a b", "/paid"));
  }

  @Test
  void aMatcherThatFailsIsARefusal() {
    Lookup lookup = table("- {name: one}").find(new HostField.Absent(), "/x");
    assertInstanceOf(Lookup.Match.class, lookup);
    ServiceRule broken =
        new ServiceRule(match(lookup).rule().policy(), null, List.of(), null, null);
    assertInstanceOf(
        Lookup.Failed.class, new ServiceTable(List.of(broken), java.util.Set.of()).find("h", "/x"));
  }

  @Test
  void matchesLongPathsWithoutBacktracking() {
    ServiceTable table = table("- {name: one, pathregexp: '^/(a|a)*(a|b)*$'}");
    assertEquals("one", name(table.find("h", "/" + "a".repeat(4000))));
    assertNotEquals(Lookup.Match.class, table.find("h", "/" + ". ".repeat(2000) + "!").getClass());
  }

  private static ServiceTable table(String services) {
    String document = "  " + services.strip().replace("\n", "\n  ") + "\n";
    return Configs.yaml(BACKEND + document).table();
  }

  private static Lookup.Match match(Lookup lookup) {
    return assertInstanceOf(Lookup.Match.class, lookup);
  }

  private static String name(Lookup lookup) {
    return match(lookup).rule().name();
  }
}
