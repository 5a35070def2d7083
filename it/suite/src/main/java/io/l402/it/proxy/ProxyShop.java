// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.l402.MilliSatoshi;
import io.l402.gate.AuthLevel;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402ConfigBuilder;
import io.l402.servlet.L402Filter;
import io.l402.servlet.proxy.L402ProxyServlet;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.util.EnumSet;
import java.util.function.Consumer;

/** A running container that does nothing but sell what others offer. */
final class ProxyShop implements AutoCloseable {
  private static final int THREADS = 16;

  final FakeLightning node = FakeLightning.create();
  private final Consumer<L402ConfigBuilder> services;
  private RunningContainer container;

  private ProxyShop(Consumer<L402ConfigBuilder> services) {
    this.services = services;
  }

  /** A shop with these services. */
  static ProxyShop open(Consumer<L402ConfigBuilder> services) throws Exception {
    ProxyShop shop = new ProxyShop(services);
    shop.container =
        TestContainer.current().start(WebApplication.of(shop::register).threads(THREADS));
    return shop;
  }

  private void register(ServletContext context) {
    L402ConfigBuilder builder =
        L402Config.builder().simulatedBackend(node).set("challengelimits", "off");
    services.accept(builder);
    FilterRegistration.Dynamic filter = context.addFilter("l402", new L402Filter(builder.build()));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    ServletRegistration.Dynamic proxy = context.addServlet("proxy", new L402ProxyServlet());
    proxy.setAsyncSupported(true);
    proxy.setLoadOnStartup(1);
    proxy.addMapping("/*");
  }

  /** Sells what is under {@code /it.Paid/} and gives away what is under {@code /it.Free/}. */
  static L402ConfigBuilder grpc(L402ConfigBuilder config, int port) {
    return both(config, "grpc", "h2c", port, "/it.Paid/*", "/it.Free/*");
  }

  /** Sells what is under {@code /paid/} and gives away what is under {@code /free/}. */
  static L402ConfigBuilder rest(L402ConfigBuilder config, int port) {
    return both(config, "rest", "http", port, "/paid/*", "/free/*");
  }

  private static L402ConfigBuilder both(
      L402ConfigBuilder config, String name, String protocol, int port, String paid, String free) {
    return free(config, name, protocol, port, free)
        .service(
            name + "-paid",
            service ->
                service
                    .paths(paid)
                    .price(MilliSatoshi.ofSat(10))
                    .set("address", "127.0.0.1:" + port)
                    .set("protocol", protocol));
  }

  /** Gives something away. */
  static L402ConfigBuilder free(
      L402ConfigBuilder config, String name, String protocol, int port, String paths) {
    return config.service(
        name + "-free",
        service ->
            service
                .paths(paths)
                .auth(AuthLevel.OFF)
                .set("address", "127.0.0.1:" + port)
                .set("protocol", protocol));
  }

  int port() {
    return container.port();
  }

  RawResponse get(String target, String... fields) throws IOException {
    return RawHttp.get(port(), target, fields);
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
    container.close();
    node.close();
  }
}
