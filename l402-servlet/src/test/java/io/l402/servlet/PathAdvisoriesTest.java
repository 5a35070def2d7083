// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The ways round a path rule that other software had to publish, one test each. The view given is
 * the one of the container that would have run the protected resource.
 */
class PathAdvisoriesTest {
  private static final PathLeniency LENIENT = new PathLeniency(true, true, true);

  @Test
  @DisplayName("CVE-2020-1957 (Shiro): a path cut at its first semicolon")
  void semicolonHidesTheRest() {
    refused("/xxx/..;/admin/", "/admin/", PathFault.EMPTY_PARAMETER);
  }

  @Test
  @DisplayName("CVE-2020-11989 (Shiro): decoded twice; a context path cut at a semicolon")
  void decodedTwice() {
    assertFault("/admin/%252fpage", "", "/admin/%2fpage", PathFault.ENCODED_PERCENT);
    assertFault("/;/ctx/admin/page", "/;/ctx", "/admin/page", PathFault.EMPTY_PARAMETER);
    assertEquals(
        new RequestPath.Canonical("/admin/%2fpage"),
        RequestPath.of("/admin/%252fpage", "", "/admin/%2fpage", LENIENT),
        "decoded once, and once only");
  }

  @Test
  @DisplayName("CVE-2020-13933 (Shiro): an encoded semicolon is data, a raw one is syntax")
  void encodedSemicolon() {
    assertFault("/admin/%3bpage", "", "/admin/;page", PathFault.PARAMETER);
    assertEquals(
        new RequestPath.Canonical("/admin/;page"),
        RequestPath.of("/admin/%3bpage", "", "/admin/;page", LENIENT));
  }

  @Test
  @DisplayName("CVE-2020-17510 (Shiro): an encoded dot as the last segment")
  void encodedDotAtTheEnd() {
    refused("/admin/%2e", "/admin/", PathFault.ENCODED_DOT);
    refused("/admin/%2e/", "/admin/", PathFault.ENCODED_DOT);
  }

  @Test
  @DisplayName("CVE-2020-17523 (Shiro): a blank as the last segment is not trimmed")
  void blankAtTheEnd() {
    assertEquals(
        new RequestPath.Canonical("/admin/ "),
        RequestPath.of("/admin/%20", "", "/admin/ ", PathLeniency.STRICT));
    refused("/admin/%20", "/admin/", PathFault.TWO_VIEWS);
  }

  @Test
  @DisplayName("CVE-2022-32532 (Shiro), CVE-2022-22978 (Spring Security): a pattern's dot and LF")
  void lineFeed() {
    refused("/permit/a%0any", "/permit/a\nny", PathFault.CONTROL);
    refused("/admin/index%0a", "/admin/index\n", PathFault.CONTROL);
    refused("/admin/index%0d", "/admin/index\r", PathFault.CONTROL);
    refused("/admin/index%e2%80%a8", "/admin/index\u2028", PathFault.SEPARATOR);
    refused("/admin/index%c2%85", "/admin/index\u0085", PathFault.CONTROL);
  }

  @Test
  @DisplayName("CVE-2023-34478 (Shiro): a router that reads the raw path")
  void rawPathOnOneSide() {
    refused("/public/../admin", "/public/../admin", PathFault.SURVIVING_DOT);
  }

  @Test
  @DisplayName("CVE-2023-46749 (Shiro): a rewritten path with a semicolon in it")
  void semicolonAfterARewrite() {
    assertFault("/public/x;/../admin", "", "/public/admin", PathFault.PARAMETER);
    assertEquals(
        new RequestPath.Canonical("/public/admin"),
        RequestPath.of("/public/x;/../admin", "", "/public/admin", LENIENT));
  }

  @Test
  @DisplayName("CVE-2021-28164, CVE-2021-34429, CVE-2021-28169 (Jetty): ways into WEB-INF")
  void webInf() {
    refused("/%2e/WEB-INF/web.xml", "/WEB-INF/web.xml", PathFault.ENCODED_DOT);
    refused("/%u002e/WEB-INF/web.xml", "/WEB-INF/web.xml", PathFault.ENCODING);
    refused("/.%00/WEB-INF/web.xml", "/.\0/WEB-INF/web.xml", PathFault.CONTROL);
    assertFault("/%2557EB-INF/web.xml", "", "/%57EB-INF/web.xml", PathFault.ENCODED_PERCENT);
  }

  @Test
  @DisplayName("CVE-2020-1757 (Undertow): path parameters in the servlet path")
  void parametersInTheServletPath() {
    assertFault("/paid;x/y", "", "/paid;x/y", PathFault.PARAMETER);
    assertEquals(
        PathFault.TWO_VIEWS,
        assertInstanceOf(
                RequestPath.Refused.class, RequestPath.of("/paid;x/y", "", "/paid;x/y", LENIENT))
            .fault(),
        "where parameters are allowed the container must have left them out too");
  }

  @Test
  @DisplayName("CVE-2019-9901 (Envoy): dot segments in front of the prefix")
  void dotsInFrontOfThePrefix() {
    assertEquals(
        new RequestPath.Canonical("/private"),
        RequestPath.of("/info/../private", "", "/private", PathLeniency.STRICT));
    refused("/info/../private", "/info/../private", PathFault.SURVIVING_DOT);
  }

  @Test
  @DisplayName("CVE-2021-29492 (Envoy): escaped slashes")
  void escapedSlashes() {
    refused("/x%2F..%2Fadmin", "/admin", PathFault.ENCODED_SLASH);
    refused("/x%5C..%5Cadmin", "/admin", PathFault.BACKSLASH);
  }

  @Test
  @DisplayName("CVE-2021-32779 (Envoy): a fragment in the path")
  void fragment() {
    refused("/admin#foo", "/admin", PathFault.DELIMITER);
  }

  @Test
  @DisplayName("CVE-2025-46821 (Envoy): a star in the path is a character like any other")
  void star() {
    assertEquals(
        new RequestPath.Canonical("/a*b/*"),
        RequestPath.of("/a*b/*", "", "/a*b/*", PathLeniency.STRICT));
  }

  @Test
  @DisplayName("CVE-2026-73551, CVE-2026-73553 (Envoy): parameters behind dots and names")
  void parametersBehindDots() {
    refused("/user/..;foo=bar/admin", "/admin", PathFault.EMPTY_PARAMETER);
    assertFault("/admin;x=y", "", "/admin", PathFault.PARAMETER);
  }

  @Test
  @DisplayName("CVE-2025-55752 (Tomcat): a rewrite that normalises before it decodes")
  void normalisedBeforeDecoding() {
    refused("/public/%2e%2e/WEB-INF/x", "/WEB-INF/x", PathFault.ENCODED_DOT);
  }

  @Test
  @DisplayName("CVE-2023-34035 (Spring Security): the servlet path is part of what is matched")
  void servletPathIsPartOfThePath() {
    assertEquals(
        new RequestPath.Canonical("/paid/x"),
        RequestPath.of("/ctx/paid/x", "/ctx", "/paid" + "/x", PathLeniency.STRICT));
    assertFault("/ctx/paid/x", "/ctx", "/x", PathFault.TWO_VIEWS);
  }

  /** Refused under the strict rules for this reason, and under no rules accepted. */
  private static void refused(String raw, String view, PathFault fault) {
    assertFault(raw, "", view, fault);
    assertInstanceOf(RequestPath.Refused.class, RequestPath.of(raw, "", view, LENIENT));
  }

  private static void assertFault(String raw, String context, String view, PathFault fault) {
    RequestPath path = RequestPath.of(raw, context, view, PathLeniency.STRICT);
    assertEquals(fault, assertInstanceOf(RequestPath.Refused.class, path, raw).fault(), raw);
  }
}
