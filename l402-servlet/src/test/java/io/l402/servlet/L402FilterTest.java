// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import io.l402.L402Challenge;
import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.RejectionReason;
import io.l402.VerifiedL402;
import io.l402.gate.L402Listener;
import io.l402.gate.Pricer;
import io.l402.lightning.LightningException;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class L402FilterTest {
  private final FakeLightning node = FakeLightning.create();

  @AfterEach
  void close() {
    node.close();
  }

  private L402Filter filter(Consumer<ServiceBuilder> service) {
    return new L402Filter(config().service("paid", service).build());
  }

  private L402ConfigBuilder config() {
    return L402Config.builder().simulatedBackend(node);
  }

  private String pay(HttpResponse<String> unpaid) {
    L402Challenge challenge =
        L402Challenge.parse(unpaid.headers().allValues("WWW-Authenticate")).orElseThrow();
    String preimage = node.pay(challenge.invoice().toString()).toHex();
    return "L402 " + challenge.macaroonBase64() + ":" + preimage;
  }

  @Test
  void isConfiguredByInitParameters() throws Exception {
    Map<String, String> parameters =
        Map.of("backend", "simulated", "price", "7sat", "paths", "/paid/*");
    try (TestServer server = new TestServer().filter(new L402Filter(), parameters).start()) {
      assertEquals(402, server.get("/paid/x").statusCode());
      assertEquals(200, server.get("/open").statusCode());
      String problem = server.get("/paid/x", "Accept", "application/json").body();
      assertTrue(problem.contains("\"amountMsat\":7000,"), problem);
    }
  }

  @Test
  void isConfiguredByContextParametersBelowItsOwn() throws Exception {
    try (TestServer server =
        new TestServer()
            .contextParameter("l402.backend", "simulated")
            .contextParameter("l402.price", "7sat")
            .filter(new L402Filter(), Map.of("price", "9sat"))
            .start()) {
      String problem = server.get("/x", "Accept", "application/json").body();
      assertTrue(problem.contains("\"amountMsat\":9000,"), problem);
    }
  }

  @Test
  void refusesToStartAndSaysWhyWhenItsConfigurationIsWrong() {
    Map<String, String> parameters =
        Map.of("backend", "simulated", "price", "banana", "pricee", "1");
    TestServer server = new TestServer().filter(new L402Filter(), parameters);
    String why = causes(assertThrows(Exception.class, server::start));
    assertTrue(why.contains("price"), why);
    assertTrue(why.contains("pricee"), why);
  }

  @Test
  void refusesToStartWithoutAnyConfiguration() {
    TestServer server = new TestServer().filter(new L402Filter(), Map.of());
    String why = causes(assertThrows(Exception.class, server::start));
    assertTrue(why.contains("L402ConfigException"), why);
  }

  private static String causes(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause).append('\n');
    }
    return all.toString();
  }

  @Test
  void servesTokensAcrossRestartsThatShareAKeyFile(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys");
    L402Config config =
        L402Config.builder()
            .backend(node)
            .set("network", "regtest")
            .masterKeyFile(keys)
            .service("paid", service -> {})
            .build();
    String credential;
    try (TestServer server = new TestServer().filter(new L402Filter(config), Map.of()).start()) {
      credential = pay(server.get("/x"));
    }
    try (TestServer server = new TestServer().filter(new L402Filter(config), Map.of()).start()) {
      assertEquals(200, server.get("/x", "Authorization", credential).statusCode());
    }
  }

  @Test
  void answersWithNothingWhenTheUnexpectedHappens() throws Exception {
    try (TestServer server =
        new TestServer()
            .filter(new BreakingFilter(), Map.of())
            .filter(filter(service -> {}), Map.of())
            .start()) {
      HttpResponse<String> answer = server.get("/x");
      assertEquals(500, answer.statusCode());
      assertEquals("", answer.body());
      assertEquals(0, server.reached.get());
    }
  }

  @Test
  void takesNothingButHttp() {
    L402Filter filter = filter(service -> {});
    assertThrows(
        ServletException.class,
        () ->
            filter.doFilter(
                mock(ServletRequest.class), mock(ServletResponse.class), mock(FilterChain.class)));
  }

  @Test
  void logsAPriceThatFailsOnceHoweverManyAskForIt() throws Exception {
    Pricer broken =
        Pricer.computed(
            request -> {
              throw new IllegalStateException("no price, as this test wants it");
            });
    try (Recorder recorder = new Recorder();
        TestServer server =
            new TestServer().filter(filter(service -> service.pricer(broken)), Map.of()).start()) {
      for (int i = 0; i < 5; i++) {
        assertEquals(503, server.get("/x").statusCode());
      }
      long entries = recorder.log.stream().filter(entry -> entry.contains("no price,")).count();
      assertEquals(1, entries, recorder.log::toString);
    }
  }

  @Test
  void countsRequestsAgainstTheLimitsOfAService() throws Exception {
    try (TestServer server =
        new TestServer()
            .filter(
                filter(service -> service.set("auth", "off").set("ratelimits", "2/1h")), Map.of())
            .start()) {
      assertEquals(200, server.get("/x").statusCode());
      assertEquals(200, server.get("/x").statusCode());
      HttpResponse<String> refused = server.get("/x");
      assertEquals(429, refused.statusCode());
      assertEquals("rate limit exceeded\n", refused.body());
      long wait = Long.parseLong(refused.headers().firstValue("Retry-After").orElse("0"));
      assertTrue(wait >= 1 && wait <= 1_800, () -> "Retry-After " + wait);
      assertEquals(2, server.reached.get());
    }
  }

  @Test
  void limitsChallengesUnlessToldOtherwise() throws Exception {
    try (TestServer server = new TestServer().filter(filter(service -> {}), Map.of()).start()) {
      for (int i = 0; i < 10; i++) {
        assertEquals(402, server.get("/x").statusCode());
      }
      assertEquals(429, server.get("/x").statusCode());
      assertEquals(429, server.get("/x", "Authorization", "L402 AAAA:00").statusCode());
      assertEquals(10, node.createCalls());
    }
  }

  @Test
  void tellsItsListener() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    L402Filter filter =
        new L402Filter(
            config().service("paid", service -> {}).listener(new Listening(heard)).build());
    try (TestServer server = new TestServer().filter(filter, Map.of()).start()) {
      String credential = pay(server.get("/x"));
      server.get("/x", "Authorization", credential);
      server.get("/x", "Authorization", "L402 nonsense");
      node.goDown();
      server.get("/x");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertTrue(
                      heard.containsAll(
                          List.of(
                              "minted 1sat",
                              "granted",
                              "settled",
                              "MALFORMED",
                              "failed" + " RETRYABLE")),
                      heard::toString));
    }
  }

  @Test
  void endsItsThreadsAndLeavesAGivenNodeAlone() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (TestServer server = new TestServer().filter(filter(service -> {}), Map.of()).start()) {
        assertEquals(402, server.get("/x").statusCode());
      }
    }
    Awaitility.await().until(() -> ownThreads().isEmpty());
    assertEquals(20, node.createCalls());
  }

  /** Those that something of ours runs on; other tests and the JDK have threads too. */
  private static List<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.toLowerCase().contains("l402"))
        .toList();
  }

  @Test
  void logsNoSecret() throws Exception {
    try (Recorder recorder = new Recorder();
        TestServer server = new TestServer().filter(filter(service -> {}), Map.of()).start()) {
      String credential = pay(server.get("/x"));
      server.get("/x", "Authorization", credential);
      server.get("/x", "Authorization", credential + "0");
      server.get("/x", "Authorization", credential.replace("L402 A", "L402 B"));
      node.goDown();
      server.get("/x");
      String macaroon = credential.substring(5, credential.indexOf(':'));
      String preimage = credential.substring(credential.indexOf(':') + 1);
      assertFalse(recorder.log.isEmpty());
      for (String entry : recorder.log) {
        assertFalse(entry.contains(macaroon.substring(macaroon.length() - 40)), entry);
        assertFalse(entry.contains(preimage), entry);
      }
    }
  }

  /** Throws when it is asked for header fields, as nothing in a container does. */
  private static final class BreakingFilter implements Filter {
    @Override
    public void init(FilterConfig config) {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws java.io.IOException, ServletException {
      chain.doFilter(new Breaking((HttpServletRequest) request), response);
    }

    private static final class Breaking extends HttpServletRequestWrapper {
      Breaking(HttpServletRequest request) {
        super(request);
      }

      @Override
      public Enumeration<String> getHeaders(String name) {
        throw new IllegalStateException("expected by a test");
      }
    }
  }

  private record Listening(List<String> heard) implements L402Listener {
    @Override
    public void minted(String service, io.l402.L402Identifier identifier, MilliSatoshi amount) {
      heard.add("minted " + amount);
    }

    @Override
    public void granted(VerifiedL402 token) {
      heard.add("granted");
    }

    @Override
    public void rejected(String service, RejectionReason reason) {
      heard.add(reason.name());
    }

    @Override
    public void backendFailed(LightningException failure) {
      heard.add("failed " + failure.kind());
    }

    @Override
    public void settled(PaymentHash paymentHash) {
      heard.add("settled");
    }
  }

  /** Everything that is logged under our name, at every level. */
  private static final class Recorder extends Handler implements AutoCloseable {
    private static final Logger OURS = Logger.getLogger("io.l402");
    private final List<String> log = new CopyOnWriteArrayList<>();

    Recorder() {
      setFormatter(new SimpleFormatter());
      OURS.addHandler(this);
      OURS.setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      log.add(getFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      OURS.removeHandler(this);
      OURS.setLevel(null);
    }
  }
}
