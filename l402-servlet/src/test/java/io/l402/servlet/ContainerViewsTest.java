// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests as containers were seen to read them: the same target, up to three different resources.
 *
 * <p>Each row is a target; the path (servlet path and path info) under which Tomcat, Jetty and
 * Undertow in their default configuration run a servlet for it, or {@code 400} where they run none;
 * and what is to come of it without and with all leniencies: a path, or {@code 400}. A view that is
 * to be refused although the row has a path is marked with {@code !}. NUL, CR and LF are written as
 * control pictures.
 */
class ContainerViewsTest {
  private static final PathLeniency LENIENT = new PathLeniency(true, true, true);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // target                 | Tomcat     | Jetty      | Undertow                | strict |
        // lenient
        "/paid;jsessionid=1/x     | /paid/x    | /paid/x    | /paid/x                 | 400 | /paid/x",
        "/paid/x;y=z              | /paid/x    | /paid/x    | /paid/x                 | 400 | /paid/x",
        "/paid/x;                 | /paid/x    | /paid/x    | /paid/x                 | 400 | /paid/x",
        "/paid/;/x                | /paid/x    | 400        | /paid//x                | 400 | 400",
        "/;/paid/x                | /paid/x    | 400        | //paid/x                | 400 | 400",
        "//paid/x                 | /paid/x    | 400        | //paid/x                | 400 | /paid/x",
        "/;a=b/paid/x             | /paid/x    | 400        | //paid/x                | 400 | 400",
        "/./paid/x                | /paid/x    | /paid/x    | !/./paid/x              | /paid/x | /paid/x",
        "/public/../paid/x        | /paid/x    | /paid/x    | !/public/../paid/x      | /paid/x | /paid/x",
        "/pub%6cic/../paid/x      | /paid/x    | /paid/x    | !/public/../paid/x      | /paid/x | /paid/x",
        "/public/%2e%2e/paid/x    | /paid/x    | 400        | /public/../paid/x       | 400 | 400",
        "/public/.%2e/paid/x      | /paid/x    | 400        | /public/../paid/x       | 400 | 400",
        "/public/..;/paid/x       | /paid/x    | 400        | /public/..;/paid/x      | 400 | 400",
        "/public/..;a=b/paid/x    | /paid/x    | 400        | /public/..;a=b/paid/x   | 400 | 400",
        "/public/%2e;/%2e%2e;/paid/x | /paid/x | 400        | /public/./../paid/x     | 400 | 400",
        "/public//../paid/x       | /paid/x    | 400        | !/public//../paid/x     | 400 | /paid/x",
        "/public/..%2fpaid/x      | 400        | 400        | /public/..%2fpaid/x     | 400 | 400",
        "/public/%2e%2e%2fpaid/x  | 400        | 400        | /public/..%2fpaid/x     | 400 | 400",
        "/public/%252e%252e/paid/x | /public/%2e%2e/paid/x | 400 | /public/%2e%2e/paid/x | 400 | /public/%2e%2e/paid/x",
        "/public/..%5cpaid/x      | 400        | 400        | /public/..%5cpaid/x     | 400 | 400",
        "/%70aid/x                | /paid/x    | /paid/x    | /paid/x                 | /paid/x | /paid/x",
        "/p%61id/x                | /paid/x    | /paid/x    | /paid/x                 | /paid/x | /paid/x",
        "/%2570aid/x              | /%70aid/x  | 400        | /%70aid/x               | 400 | /%70aid/x",
        "/paid%2fx                | 400        | 400        | /paid%2fx               | 400 | 400",
        "/PAID/x                  | /PAID/x    | /PAID/x    | /PAID/x                 | /PAID/x | /PAID/x",
        "/paid./x                 | /paid./x   | /paid./x   | /paid./x                | /paid./x | /paid./x",
        "/paid%20/x               | /paid /x   | /paid /x   | /paid /x                | /paid /x | /paid /x",
        "/.paid/x                 | /.paid/x   | /.paid/x   | /.paid/x                | /.paid/x | /.paid/x",
        "/paid%3b/x               | /paid;/x   | /paid;/x   | /paid;/x                | 400 | /paid;/x",
        "/public/%3b/../paid/x    | /public/paid/x | /public/paid/x | !/public/;/../paid/x | 400 | /public/paid/x",
        "/public%3f/../paid/x     | /paid/x    | /paid/x    | !/public?/../paid/x     | /paid/x | /paid/x",
        "/paid%00/x               | 400        | 400        | /paid␀/x                | 400 | 400",
        "/paid/x%00               | 400        | 400        | /paid/x␀                | 400 | 400",
        "/paid/x%0d%0aFoo:bar     | /paid/x␍␊Foo:bar | 400  | /paid/x␍␊Foo:bar        | 400 | 400",
        "/paid/x%0ay              | /paid/x␊y  | 400        | /paid/x␊y               | 400 | 400",
        "/public/%c0%ae%c0%ae/paid/x | 400     | 400        | /public/����/paid/x     | 400 | 400",
        "/paid/%ff                | 400        | 400        | /paid/�                 | 400 | 400",
        "/paid/x/..               | !/paid     | /paid/     | !/paid/x/..             | /paid/ | /paid/",
        "/paid/x/../../public/y   | /public/y  | /public/y  | !/paid/x/../../public/y | /public/y | /public/y",
        "/paid/..;/public/y       | /public/y  | 400        | /paid/..;/public/y      | 400 | 400",
        "/paid/%2e%2e/public/y    | /public/y  | 400        | /paid/../public/y       | 400 | 400",
        "/../paid/x               | 400        | 400        | /../paid/x              | 400 | 400",
        "/%2e%2e/paid/x           | 400        | 400        | /../paid/x              | 400 | 400",
        "/paid/x#frag             | 400        | /paid/x    | 400                     | 400 | 400",
      })
  void oneAnswerForAllWhoReadItAlike(
      String target, String tomcat, String jetty, String undertow, String strict, String lenient) {
    for (String view : new String[] {tomcat, jetty, undertow}) {
      check(target, view, strict, PathLeniency.STRICT);
      check(target, view, lenient, LENIENT);
    }
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Tomcat that decodes %2f, and that passes it through and then leaves %25 alone too
        "/paid/..%2fpublic/y      | /public/y",
        "/paid%2fx                | /paid/x",
        "/paid%2fx                | /paid%2fx",
        "/public/%2570aid         | /public/%2570aid",
        // Undertow that allows encoded slashes
        "/public/..%2fpaid/x      | /public/../paid/x",
        // Jetty that allows and decodes ambiguous separators: /paid/* runs, its filter does not
        "/paid%2fx                | /paid/x",
        "/public%2f..%2fpaid/x    | /public/../paid/x",
      })
  void refusesUnderLaxerContainerSettingsToo(String target, String view) {
    check(target, view, "400", PathLeniency.STRICT);
    check(target, view, "400", LENIENT);
  }

  private static void check(String target, String view, String expected, PathLeniency rules) {
    if (view.equals("400")) {
      return;
    }
    boolean refused = expected.equals("400") || view.startsWith("!");
    String seen = view.replace("!", "").replace('␀', '\0').replace('␍', '\r').replace('␊', '\n');
    RequestPath path = RequestPath.of(target, "", seen, rules);
    if (refused) {
      assertInstanceOf(RequestPath.Refused.class, path, target + " as " + view + ", " + rules);
    } else {
      assertEquals(new RequestPath.Canonical(expected), path, target + " as " + view);
    }
  }
}
