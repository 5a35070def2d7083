// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.servlet.ServiceBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which target the upstream sees, and what is made of the addresses it answers with. */
@Timeout(30)
class ProxyTargetTest {
  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.ok();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private static Consumer<ServiceBuilder> prefix(String prefix) {
    return prefix.isEmpty() ? it -> {} : it -> it.set("rewrite.prefix", prefix);
  }

  private String target(String context, String mapping, String prefix, String asked)
      throws Exception {
    try (Gate gate =
        Gate.of(
            Gate.config(upstream.address(), "http", prefix(prefix)).build(), context, mapping)) {
      return gate.seen(upstream, asked).get(0).split(" ")[1];
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a/b            | /a/b",
        "/               | /",
        "/a/             | /a/",
        "/a/../b         | /b",
        "/%61            | /a",
        "/caf%C3%A9      | /caf%C3%A9",
        "/a%20b          | /a%20b",
        "/x?             | /x?",
        "/x?a=1&b=2      | /x?a=1&b=2",
        "/x?a=1;b=%2F+%41| /x?a=1;b=%2F+%41",
        "/x?q=%zz        | /x?q=%25zz",
        "/x?q=%          | /x?q=%25",
        "/x?q=%4         | /x?q=%254",
        "/x?q=%4&r=%41%  | /x?q=%254&r=%41%25",
        "/x?q=%00%0d%0a  | /x?q=%00%0d%0a",
        "/x?a=[1]        | /x?a=[1]",
        "/x?a=//../..    | /x?a=//../..",
        "/x?a=?b         | /x?a=?b",
      })
  void isTheCanonicalPathAndTheQueryAsItCame(String asked, String seen) throws Exception {
    assertEquals(seen, target("/", "/*", "", asked));
  }

  @Test
  void encodesWhatNoUriMayHold() throws Exception {
    assertEquals("/x?a=%7C%7B%7D%5E%22%3C%3E%60%5C", target("/", "/*", "", "/x?a=|{}^\"<>`\\"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x#y", "/x?a#y", "/x?a=\u00e9", "/|{}^\"<>`", "/x?a=\\", "*"})
  void makesOneTargetOfAnythingOrAnswers400(String asked) throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      String answer = gate.get(asked);
      if (answer.startsWith("HTTP/1.1 200 ")) {
        String target = upstream.head().get(0).split(" ")[1];
        assertTrue(target.matches("/[A-Za-z0-9%?=._~-]*"), target);
      } else {
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api  | /users          | /api/users",
        "/api  | /users/         | /api/users/",
        "/api  | /               | /api/",
        "/api  | /users/../admin | /api/admin",
        "/api/ | /users          | /api/users",
        "/     | /users          | /users",
        "/a/b  | /users?x=/..    | /a/b/users?x=/..",
      })
  void standsBehindTheConfiguredPrefix(String prefix, String asked, String seen) throws Exception {
    assertEquals(seen, target("/", "/*", prefix, asked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/    | /proxy/* | /proxy/a/b   | /a/b",
        "/    | /proxy/* | /proxy       | /",
        "/    | /proxy/* | /proxy/      | /",
        "/app | /*       | /app/a       | /a",
        "/app | /proxy/* | /app/proxy/a | /a",
        "/    | /        | /a/b         | /a/b",
        "/app | /        | /app/a/b     | /a/b",
        "/    | /one     | /one         | /one",
        "/    | *.json   | /a/x.json    | /a/x.json",
      })
  void leavesOutTheContextAndTheFixedPartOfTheMapping(
      String context, String mapping, String asked, String seen) throws Exception {
    assertEquals(seen, target(context, mapping, "", asked));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/%2e%2e/b", "/a%2Fb", "/..;/x", "/a//b", "/%zz", "/../x", "/a/..%2f"})
  void refusesPathsThatCanBeReadInTwoWays(String path) throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      assertTrue(gate.get(path).startsWith("HTTP/1.1 400 "));
      assertTrue(upstream.isUntouched());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://UP/v1/x?y      | /app/proxy/x?y",
        "HTTP://UP/v1/x        | /app/proxy/x",
        "/v1/x                 | /app/proxy/x",
        "http://UP/other       | http://UP/other",
        "http://UP/v1x         | http://UP/v1x",
        "http://UP/v1/../admin | http://UP/v1/../admin",
        "http://UP             | http://UP",
        "http://UP.evil/v1/x   | http://UP.evil/v1/x",
        "https://UP/v1/x       | https://UP/v1/x",
        "http://other/v1/x     | http://other/v1/x",
        "//other/v1/x          | //other/v1/x",
        "/v1//evil/x           | /v1//evil/x",
        "x/y                   | x/y",
      })
  void mapsTheUpstreamsOwnAddressesBackAndNoOthers(String said, String told) throws Exception {
    try (RawUpstream redirecting =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  String own = "127.0.0.1:" + peer.socket.getLocalPort();
                  peer.write(
                      "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                          + said.replace("UP", own)
                          + "\r\n\r\n");
                });
        Gate gate =
            Gate.of(
                Gate.config(redirecting.address(), "http", prefix("/v1")).build(),
                "/app",
                "/proxy/*")) {
      String answer = gate.get("/app/proxy/a");
      String expected = "\r\nLocation: " + told.replace("UP", redirecting.address()) + "\r\n";
      assertTrue(answer.contains(expected), answer);
      assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
      redirecting.head();
      assertTrue(redirecting.isUntouched(), "followed");
    }
  }
}
