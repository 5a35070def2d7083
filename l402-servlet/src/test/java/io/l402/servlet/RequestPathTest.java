// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is canonical, what is refused, and under which name. */
class RequestPathTest {
  private static final PathLeniency LENIENT = new PathLeniency(true, true, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/                  | /",
        "/paid              | /paid",
        "/paid/             | /paid/",
        "/paid/x.json       | /paid/x.json",
        "/PAID/x            | /PAID/x",
        "/p%61id/%78        | /paid/x",
        "/./paid/x          | /paid/x",
        "/a/../paid/./x     | /paid/x",
        "/a/b/../../paid/x  | /paid/x",
        "/paid/x/..         | /paid/",
        "/paid/.            | /paid/",
        "/paid/...          | /paid/...",
        "/paid/x%2etxt      | /paid/x.txt",
        "/%2epaid/x         | /.paid/x",
        "/caf%c3%a9/%F0%9F%8D%BA | /café/🍺",
        "/a+b&c=d,e@f:g~'(h)*!$ | /a+b&c=d,e@f:g~'(h)*!$",
        "/what%3f/%23       | /what?/#",
      })
  void makesCanonical(String raw, String canonical) {
    assertEquals(canonical, accepted(raw, canonical, PathLeniency.STRICT));
  }

  /** The short way that plain paths are read in must lead past no check. */
  @Test
  void findsNothingCanonicalThatIsNotSoPartByPart() {
    List<String> raws = new ArrayList<>(List.of(""));
    for (int i = 0; raws.size() < 20_000; i++) {
      for (String more : List.of("/", "a", ".", ";", "%61")) {
        raws.add(raws.get(i) + more);
      }
    }
    for (String raw : raws) {
      for (String context : List.of("", "/", "/a", "/a/", "/.", "/%61")) {
        checkPartByPart(raw, context, PathLeniency.STRICT);
        checkPartByPart(raw, context, LENIENT);
      }
    }
  }

  private static void checkPartByPart(String raw, String context, PathLeniency rules) {
    String view = raw.substring(Math.min(raw.length(), context.length()));
    if (RequestPath.of(raw, context, view, rules) instanceof RequestPath.Canonical canonical) {
      List<String> root = PathParser.parse(context.isEmpty() ? "/" : context, rules);
      List<String> parts = PathParser.below(PathParser.parse(raw, rules), root);
      assertEquals("/" + String.join("/", parts), canonical.path(), raw);
    }
  }

  @Test
  void keepsABlankAtTheEndOfASegment() {
    assertEquals("/paid /x", accepted("/paid%20/x", "/paid /x", PathLeniency.STRICT));
    assertEquals("/paid/ ", accepted("/paid/%20", "/paid/ ", PathLeniency.STRICT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paid/x | relative",
        "* | relative",
        "http://a/paid | relative",
        "/../paid/x | above-root",
        "/a/../../paid | above-root",
        "/.. | above-root",
        "/paid/%zz | encoding",
        "/paid/% | encoding",
        "/paid/%4 | encoding",
        "/paid/%4/1 | encoding",
        "/paid/%u0078 | encoding",
        "/paid/%+1 | encoding",
        "/paid/%ff | encoding",
        "/paid/%c3 | encoding",
        "/public/%c0%ae%c0%ae/paid/x | encoding",
        "/paid/%e0%80%af | encoding",
        "/paid/%ed%a0%80 | encoding",
        "/paid/%f5%80%80%80 | encoding",
        "/paid%00/x | control",
        "/paid/x%00 | control",
        "/paid/x%0d%0aFoo:bar | control",
        "/paid/x%09 | control",
        "/paid/x%1f | control",
        "/paid/x%7F | control",
        "/paid/x%c2%85 | control",
        "/paid/x%e2%80%a8y | separator",
        "/paid/x%e2%80%a9y | separator",
        "/paid/%ef%bf%bd | replacement",
        "/paid%2fx | encoded-slash",
        "/paid%2Fx | encoded-slash",
        "/public/..%2fpaid/x | encoded-slash",
        "/public/..%5cpaid/x | backslash",
        "/public/..%5Cpaid/x | backslash",
        "/public\\paid | backslash",
        "/public/%252e%252e/paid/x | encoded-percent",
        "/%2570aid/x | encoded-percent",
        "/public/%2e%2e/paid/x | encoded-dot",
        "/public/.%2e/paid/x | encoded-dot",
        "/public/%2E./paid/x | encoded-dot",
        "/public/%2e/paid/x | encoded-dot",
        "/admin/%2e | encoded-dot",
        "/paid?x | delimiter",
        "/paid/x#frag | delimiter",
        "/paid/x;y=z | parameter",
        "/paid/x; | parameter",
        "/paid;jsessionid=1/x | parameter",
        "/paid%3b/x | parameter",
        "/paid%3B/x | parameter",
        "/paid/;/x | empty-parameter",
        "/;/paid/x | empty-parameter",
        "/;a=b/paid/x | empty-parameter",
        "/public/..;/paid/x | empty-parameter",
        "/public/..;a=b/paid/x | empty-parameter",
        "/public/.;/paid/x | empty-parameter",
        "/public/%2e;/%2e%2e;/paid/x | empty-parameter",
        "//paid/x | empty-segment",
        "/public//../paid/x | empty-segment",
        "/paid// | empty-segment",
      })
  void refuses(String raw, String word) {
    assertEquals(word, refused(raw, "/paid/x", PathLeniency.STRICT).fault().word());
  }

  @Test
  void refusesRawControlCharacters() {
    for (String raw : new String[] {"/paid/\u0000", "/paid/x\ny", "/paid/\u007f", "/paid/\u009b"}) {
      assertEquals(PathFault.CONTROL, refused(raw, raw, PathLeniency.STRICT).fault());
    }
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertEquals(PathFault.ENCODING, refused("/\ud83c", "/\ud83c", PathLeniency.STRICT).fault());
  }

  @ParameterizedTest
  @CsvSource({
    "/..;/a",
    "/a/%2e%2e/b",
    "/a%2fb",
    "/a%5cb",
    "/a%00",
    "/a%0a",
    "/%c0%ae",
    "/;/a",
    "/a/%e2%80%a8"
  })
  void noLeniencyLetsTheseThrough(String raw) {
    refused(raw, "/a", LENIENT);
  }

  @Test
  void leavesPathParametersOutWhereTheyAreAllowed() {
    PathLeniency rules = new PathLeniency(true, false, false);
    assertEquals("/paid/x", accepted("/paid;jsessionid=1/x;y=z;", "/paid/x", rules));
    assertEquals("/paid;/x", accepted("/paid%3b/x", "/paid;/x", rules));
    assertEquals(PathFault.CONTROL, refused("/paid;a=%0d%0a/x", "/paid/x", rules).fault());
    assertEquals(PathFault.ENCODED_SLASH, refused("/a;b=%2f/x", "/a/x", rules).fault());
    assertEquals(PathFault.EMPTY_SEGMENT, refused("/a;b//x", "/a/x", rules).fault());
  }

  @Test
  void mergesSlashesWhereThatIsAllowed() {
    PathLeniency rules = new PathLeniency(false, true, false);
    assertEquals("/paid/x/", accepted("//paid///x//", "/paid/x/", rules));
    assertEquals("/paid/x", accepted("//paid/x", "//paid/x", rules), "the container kept both");
    assertEquals("/", accepted("//", "/", rules));
    assertEquals("/paid/x", accepted("/public//../paid/x", "/paid/x", rules));
    assertEquals(
        PathFault.TWO_VIEWS,
        refused("/public//../paid/x", "/public/paid/x", rules).fault(),
        "a container that takes .. to leave the empty segment");
  }

  @Test
  void takesAPercentSignForDataWhereThatIsAllowed() {
    PathLeniency rules = new PathLeniency(false, false, true);
    assertEquals("/100%/x", accepted("/100%25/x", "/100%/x", rules));
    assertEquals("/%2e%2e/x", accepted("/%252e%252e/x", "/%2e%2e/x", rules));
    assertEquals(
        PathFault.TWO_VIEWS,
        refused("/%252e%252e/x", "/x", rules).fault(),
        "a container that decodes twice");
  }

  @Test
  void refusesWhereTheContainerSeesSomethingElse() {
    assertEquals(PathFault.TWO_VIEWS, refused("/public/x", "/paid/x", PathLeniency.STRICT).fault());
    assertEquals(PathFault.TWO_VIEWS, refused("/paid/x/..", "/paid", PathLeniency.STRICT).fault());
    assertEquals(PathFault.TWO_VIEWS, refused("/paid/x", "", PathLeniency.STRICT).fault());
  }

  @Test
  void tellsAFolderFromTheFileServedInPlaceOfIt() {
    RequestPath root = RequestPath.of("/", "", "/index.html", PathLeniency.STRICT);
    assertEquals(new RequestPath.Welcome("/", "/index.html"), root);
    RequestPath folder =
        RequestPath.of("/c/a/b/", "/c", "/a/b/start/index.jsp", PathLeniency.STRICT);
    assertEquals(new RequestPath.Welcome("/a/b/", "/a/b/start/index.jsp"), folder);
    for (String view :
        new String[] {
          "/a/index.html", "/a/bindex.html", "/a/b", "/b/a/b/x", "/a/b/x;y", "/a/b/\\x", "/a/b/x\n"
        }) {
      assertEquals(PathFault.TWO_VIEWS, refused("/a/b/", view, PathLeniency.STRICT).fault(), view);
    }
    assertEquals(
        PathFault.TWO_VIEWS, refused("/a/b", "/a/b/index.html", PathLeniency.STRICT).fault());
    assertEquals(
        PathFault.SURVIVING_DOT, refused("/a/", "/a/../paid", PathLeniency.STRICT).fault());
  }

  @Test
  void refusesDotsThatSurviveInTheContainersView() {
    for (String view : new String[] {"/public/../paid/x", "/./x", "/x/..", "/x/.", "/.."}) {
      assertEquals(
          PathFault.SURVIVING_DOT,
          refused("/public/../paid/x", view, PathLeniency.STRICT).fault(),
          view);
    }
  }

  @Test
  void refusesUndecodableBytesInTheContainersView() {
    assertEquals(
        PathFault.REPLACEMENT, refused("/paid/x", "/paid/\ufffd", PathLeniency.STRICT).fault());
  }

  @Test
  void refusesDoubleSlashesInTheContainersView() {
    assertEquals(
        PathFault.EMPTY_SEGMENT, refused("/paid/x", "/paid//x", PathLeniency.STRICT).fault());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/shop/paid/x | /shop | /paid/x",
        "/shop | /shop | /",
        "/shop/ | /shop | /",
        "/a/../shop/paid | /shop | /paid",
        "/a/../shop/paid | /a/../shop | /paid",
        "/my%20shop/paid | /my%20shop | /paid",
        "/%73hop/paid | /shop | /paid",
        "/shop/paid | /shop/ | /paid",
        "/shop/shop/x | /shop | /shop/x",
      })
  void isRelativeToTheContextPath(String raw, String context, String canonical) {
    RequestPath path = RequestPath.of(raw, context, canonical, PathLeniency.STRICT);
    assertEquals(canonical, assertInstanceOf(RequestPath.Canonical.class, path).path());
  }

  @Test
  void takesAnEmptyContainerViewForTheRoot() {
    RequestPath path = RequestPath.of("/shop", "/shop", "", PathLeniency.STRICT);
    assertEquals(new RequestPath.Canonical("/"), path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/shopping/paid | /shop | context",
        "/shop/../paid/x | /shop | context",
        "/SHOP/paid | /shop | context",
        "/sho | /shop | context",
        "/;/shop/paid | /;/shop | empty-parameter",
        "/shop%2fpaid | /shop | encoded-slash",
      })
  void refusesWhatIsNotBelowTheContextPath(String raw, String context, String word) {
    RequestPath path = RequestPath.of(raw, context, "/paid", PathLeniency.STRICT);
    assertEquals(word, assertInstanceOf(RequestPath.Refused.class, path).fault().word());
  }

  @Test
  void takesFourThousandAndNinetySixBytesAndNotOneMore() {
    String longest = "/" + "a".repeat(4095);
    assertEquals(longest, accepted(longest, longest, PathLeniency.STRICT));
    assertEquals(
        PathFault.LENGTH, refused(longest + "a", longest + "a", PathLeniency.STRICT).fault());
    String wide = "/" + "é".repeat(2048);
    assertEquals(PathFault.LENGTH, refused(wide, wide, PathLeniency.STRICT).fault());
    assertEquals(PathFault.LENGTH, refused("/a", longest + "a", PathLeniency.STRICT).fault());
  }

  @Test
  void takesTwoHundredAndFiftySixSegmentsAndNotOneMore() {
    String most = "/a".repeat(256);
    assertEquals(most, accepted(most, most, PathLeniency.STRICT));
    assertEquals(
        PathFault.SEGMENTS, refused(most + "/a", most + "/a", PathLeniency.STRICT).fault());
    assertEquals(
        PathFault.SEGMENTS, refused("/a/..".repeat(200) + "/a", "/a", PathLeniency.STRICT).fault());
    assertEquals(PathFault.SEGMENTS, refused("/".repeat(300), "/", LENIENT).fault());
  }

  @Test
  void echoesAtMostSixtyFourPrintableCharacters() {
    String raw = "/\u001b[31m\u202e\"\\é\r\n" + "x".repeat(100);
    assertEquals("/?[31m??????" + "x".repeat(52), refused(raw, "/", PathLeniency.STRICT).excerpt());
  }

  @Test
  void encodingIsRereadAsTheSamePath() {
    String path = "/a b/é%;?#[]\"<>|^`{}🍺/";
    RequestPath.Canonical canonical = new RequestPath.Canonical(path);
    assertTrue(canonical.encoded().chars().allMatch(c -> c > ' ' && c < 0x7f));
    assertEquals(path, accepted(canonical.encoded(), path, LENIENT));
  }

  private static String accepted(String raw, String view, PathLeniency rules) {
    RequestPath path = RequestPath.of(raw, "", view, rules);
    return assertInstanceOf(RequestPath.Canonical.class, path, path.toString()).path();
  }

  private static RequestPath.Refused refused(String raw, String view, PathLeniency rules) {
    RequestPath path = RequestPath.of(raw, "", view, rules);
    return assertInstanceOf(RequestPath.Refused.class, path, path.toString());
  }
}
