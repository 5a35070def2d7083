// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import io.l402.MilliSatoshi;
import io.l402.VerifiedL402;
import io.l402.gate.Pricer;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402ConfigBuilder;
import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A running application that sells something, and everything a case wants to know of it.
 *
 * <p>{@code /paid/*} costs 10 sat and {@code /report/*} 25; {@code /paid/sample} is free. What is
 * in front of the filter is open: {@code /open/*}, {@code /go/*}.
 */
final class Shop implements AutoCloseable {
  /** A request that reached a servlet: what it asked for, and with which token. */
  record Visit(String method, String path, DispatcherType type, VerifiedL402 token, String user) {}

  final FakeLightning node = FakeLightning.create();
  final CountDownLatch goOn = new CountDownLatch(1);
  final List<Visit> visits = new CopyOnWriteArrayList<>();
  private final Consumer<L402ConfigBuilder> settings;
  private final UnaryOperator<WebApplication> wrapping;
  private Set<DispatcherType> dispatchers = EnumSet.allOf(DispatcherType.class);
  private String pattern = "/*";
  private boolean async = true;
  private RunningContainer container;

  private Shop(Consumer<L402ConfigBuilder> settings, UnaryOperator<WebApplication> wrapping) {
    this.settings = settings;
    this.wrapping = wrapping;
  }

  /** A shop with the usual settings. */
  static Shop open() throws Exception {
    return open(config -> {});
  }

  /** A shop with further settings. */
  static Shop open(Consumer<L402ConfigBuilder> settings) throws Exception {
    return open(settings, application -> application);
  }

  /** A shop with further settings, in an application that is a little different. */
  static Shop open(Consumer<L402ConfigBuilder> settings, UnaryOperator<WebApplication> wrapping)
      throws Exception {
    Shop shop = new Shop(settings, wrapping);
    shop.start();
    return shop;
  }

  /** A shop whose filter is registered in some other way; not started yet. */
  static Shop registered(String pattern, Set<DispatcherType> dispatchers, boolean async) {
    Shop shop = new Shop(config -> {}, application -> application);
    shop.pattern = pattern;
    shop.dispatchers = dispatchers;
    shop.async = async;
    return shop;
  }

  void start() throws Exception {
    container = TestContainer.current().start(wrapping.apply(WebApplication.of(this::register)));
  }

  private void register(ServletContext context) {
    FilterRegistration.Dynamic filter = context.addFilter("l402", new L402Filter(config()));
    filter.setAsyncSupported(async);
    filter.addMappingForUrlPatterns(EnumSet.copyOf(dispatchers), false, pattern);
    add(
        context,
        "paid",
        new Wares(this),
        "/paid/*",
        "/report/*",
        "/open/*",
        "/error-page",
        "/WEB-INF/view");
    add(context, "go", new Go(this), "/go/*");
  }

  private static void add(ServletContext context, String name, Servlet servlet, String... paths) {
    ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(paths);
  }

  /** Adds a service whose price somebody else tells, on {@code /open/priced/*}. */
  static L402ConfigBuilder priced(L402ConfigBuilder config, Pricer pricer) {
    return config.service("priced", service -> service.paths("/open/priced/*").pricer(pricer));
  }

  private L402Config config() {
    L402ConfigBuilder builder =
        L402Config.builder()
            .simulatedBackend(node)
            .set("challengelimits", "off")
            .service(
                "paid",
                service ->
                    service
                        .paths("/paid/*")
                        .freePaths("/paid/sample")
                        .price(MilliSatoshi.ofSat(10)))
            .service("report", service -> service.paths("/report/*").price(MilliSatoshi.ofSat(25)));
    settings.accept(builder);
    return builder.build();
  }

  void visited(HttpServletRequest request, String path) {
    Object token = request.getAttribute(L402Filter.TOKEN_ATTRIBUTE);
    String user = request.getAuthType() + " " + request.getRemoteUser();
    visits.add(
        new Visit(
            request.getMethod(), path, request.getDispatcherType(), (VerifiedL402) token, user));
  }

  int port() {
    return container.port();
  }

  RawResponse get(String target, String... fields) throws IOException {
    return RawHttp.get(port(), target, fields);
  }

  RawResponse exchange(String method, String target, String... fields) throws IOException {
    return RawHttp.exchange(port(), method, target, fields);
  }

  /** Asks for something, pays, and returns the field to ask again with. */
  String buy(String target) throws IOException {
    RawResponse challenge = get(target);
    if (challenge.status() != 402) {
      throw new AssertionError("expected a challenge, got " + challenge);
    }
    return pay(challenge);
  }

  /** Pays a challenge and returns the field to ask again with. */
  String pay(RawResponse challenge) {
    String preimage = node.pay(challenge.challenge("invoice")).toHex();
    return "Authorization: L402 " + challenge.challenge("macaroon") + ":" + preimage;
  }

  @Override
  public void close() {
    if (container != null) {
      container.close();
    }
    node.close();
  }
}
