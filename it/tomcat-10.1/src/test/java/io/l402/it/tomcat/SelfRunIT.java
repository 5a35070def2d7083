// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.war.SelfRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the WAR does as a program. */
class SelfRunIT {
  @TempDir Path temporary;
  @TempDir Path folder;

  @Test
  void takesItsPortFromTheEnvironmentAndSaysWhereItListens() throws Exception {
    try (SelfRun run = SelfRun.start(temporary, Map.of("PORT", "0"))) {
      assertTrue(run.isListening(), run.output());
      assertTrue(run.output().contains("http://127.0.0.1:" + run.port() + "/"), run.output());
      assertTrue(run.output().contains("simulated"), run.output());
      assertEquals(402, RawHttp.get(run.port(), "/weather").status());
    }
  }

  @Test
  void asksForNoBodyBeforeItWasPaidFor() throws Exception {
    try (SelfRun run = SelfRun.start(temporary, Map.of(), "--port", "0")) {
      assertTrue(run.isListening(), run.output());
      try (RawHttp http = new RawHttp(run.port())) {
        http.send(RawHttp.head("POST", "/weather", "Content-Length: 9", "Expect: 100-continue"));
        RawResponse answer = http.read(false);
        assertEquals(402, answer.status());
        assertEquals(List.of(), answer.interim());
      }
    }
  }

  @Test
  void endsWhenToldToAndLeavesNothingBehind() throws Exception {
    SelfRun run = SelfRun.start(temporary, Map.of(), "--port", "0");
    assertTrue(run.isListening(), run.output());
    assertTrue(temporary.toFile().list().length > 0, "the jars lie in a temporary folder");
    run.terminate();
    assertEquals(128 + 15, run.exitStatus(), "ended by SIGTERM");
    assertArrayEquals(new String[0], temporary.toFile().list());
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      SelfRun run = SelfRun.start(temporary, Map.of(), "--port", port);
      assertFalse(run.isListening());
      assertEquals(1, run.exitStatus());
      assertTrue(
          run.output().contains("l402-demo: cannot listen on 127.0.0.1:" + port), run.output());
      assertFalse(run.output().contains("\tat "), "no stack trace: " + run.output());
      assertArrayEquals(new String[0], temporary.toFile().list());
    }
  }

  @Test
  void refusesAnOptionItDoesNotKnow() throws Exception {
    SelfRun run = SelfRun.start(temporary, Map.of(), "--prot", "0");
    assertEquals(2, run.exitStatus());
    assertTrue(run.output().contains("unknown option --prot"), run.output());
    assertTrue(run.output().contains("Usage: java -jar l402-demo.war"), run.output());
  }

  @Test
  void refusesToStartWithANodeThatIsNotConfigured() throws Exception {
    SelfRun run = SelfRun.start(temporary, Map.of("L402_BACKEND", "lnd"), "--port", "0");
    assertFalse(run.isListening(), run.output());
    assertEquals(1, run.exitStatus());
    assertTrue(run.output().contains("masterkeyfile"), run.output());
    assertTrue(run.output().contains("l402-demo: the application did not start"), run.output());
  }

  @Test
  void refusesToStartWithANodeNobodyProvides() throws Exception {
    Map<String, String> environment =
        Map.of("L402_BACKEND", "nosuch", "L402_MASTERKEYFILE", folder.resolve("keys").toString());
    SelfRun run = SelfRun.start(temporary, environment, "--port", "0");
    assertFalse(run.isListening(), run.output());
    assertEquals(1, run.exitStatus());
    assertTrue(run.output().contains("nosuch"), run.output());
  }

  @Test
  void goesByAnotherConfiguration() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            backend: simulated
            unmatched: pass
            services:
              - name: health
                pathregexp: '^/health$'
                price: 7
            """);
    try (SelfRun run =
        SelfRun.start(temporary, Map.of(), "--port", "0", "--config", file.toString())) {
      assertEquals(402, RawHttp.get(run.port(), "/health").status());
      assertEquals(200, RawHttp.get(run.port(), "/weather").status());
      assertEquals(404, RawHttp.get(run.port(), "/io/l402/demo/Main.class").status());
      assertEquals(404, RawHttp.get(run.port(), "/WEB-INF/l402.yaml").status());
    }
  }

  @Test
  void runsTheExampleWithEveryKey() throws Exception {
    String file = Path.of("../../examples/aperture.yaml").toAbsolutePath().toString();
    try (SelfRun run = SelfRun.start(temporary, Map.of(), "--port", "0", "--config", file)) {
      assertTrue(run.isListening(), run.output());
      assertTrue(run.output().contains("not applicable here, ignored: listenaddr"), run.output());
      assertEquals(402, RawHttp.get(run.port(), "/weather").status());
      RawResponse tried = RawHttp.get(run.port(), "/health");
      assertEquals(200, tried.status());
      assertEquals("payment_required", tried.first("X-L402-Dry-Run").orElse(""));
      assertEquals(404, RawHttp.get(run.port(), "/other").status());
    }
  }

  /** The demo has what asks price servers: here one that is not there. */
  @Test
  void asksThePriceServerOfAConfiguration() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("asked.yaml"),
            """
            backend: simulated
            services:
              - name: weather
                pathregexp: '^/weather$'
                dynamicprice: {enabled: true, grpcaddress: '127.0.0.1:1', insecure: true}
            """);
    try (SelfRun run =
        SelfRun.start(temporary, Map.of(), "--port", "0", "--config", file.toString())) {
      assertTrue(run.isListening(), run.output());
      assertEquals(503, RawHttp.get(run.port(), "/weather").status());
    }
  }

  @Test
  void namesEveryFaultOfAConfiguration() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "bakcend: simulated\nrealm: 'a b'\n");
    SelfRun run = SelfRun.start(temporary, Map.of(), "--port", "0", "--config", file.toString());
    assertEquals(1, run.exitStatus());
    assertTrue(run.output().contains("bakcend"), run.output());
    assertTrue(run.output().contains("realm"), run.output());
  }
}
