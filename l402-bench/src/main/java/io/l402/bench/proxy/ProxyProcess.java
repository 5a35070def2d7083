// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import io.l402.MilliSatoshi;
import io.l402.servlet.DecidedOnce;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import io.l402.servlet.proxy.L402ProxyServlet;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

/**
 * The server that is measured: Tomcat with the proxying servlet, once behind the filter and once
 * without it, as two web applications, so that both run the same compiled code.
 *
 * <p>It says its port, answers {@code pay} and an invoice with the preimage, and ends with its
 * input. Arguments are the upstream's ports for HTTP and gRPC.
 */
final class ProxyProcess {
  static final String BARE = "/bare";
  static final String SOLD = "/sold";

  private static final int PRICE_SAT = 10;
  private static final int TOKEN_DAYS = 30;

  private ProxyProcess() {}

  /** Runs until there is nothing more to read. */
  public static void main(String[] args) throws Exception {
    try (FakeLightning node = FakeLightning.create();
        Container container = new Container();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      String http = "127.0.0.1:" + args[0];
      String grpc = "127.0.0.1:" + args[1];
      L402Config config = config(node, http, grpc, container.folder().resolve("keys"));
      container.deploy(BARE, (none, context) -> bare(context, http, grpc));
      container.deploy(SOLD, (none, context) -> sold(context, config));
      System.out.println(container.start());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(node.pay(line.substring("pay ".length())).toHex());
      }
    }
    System.exit(0);
  }

  private static L402Config config(FakeLightning node, String http, String grpc, Path keys) {
    return L402Config.builder()
        .backend(node)
        .set("network", "regtest")
        .masterKeyFile(keys)
        .service(
            "weather",
            it ->
                it.paths(Weather.PATH)
                    .price(MilliSatoshi.ofSat(PRICE_SAT))
                    .timeout(Duration.ofDays(TOKEN_DAYS))
                    .set("address", http)
                    .set("protocol", "http"))
        .service(
            "echo",
            it ->
                it.paths(Echo.PATH)
                    .price(MilliSatoshi.ofSat(PRICE_SAT))
                    .timeout(Duration.ofDays(TOKEN_DAYS))
                    .set("address", grpc)
                    .set("protocol", "h2c"))
        .build();
  }

  private static void sold(ServletContext context, L402Config config) {
    filter(context, new L402Filter(config), "/*");
    proxy(context);
  }

  private static void bare(ServletContext context, String http, String grpc) {
    filter(context, new DecidedOnce(URI.create("http://" + http), Weather.PATH), Weather.PATH);
    filter(context, new DecidedOnce(URI.create("h2c://" + grpc), Echo.PATH), Echo.PATH);
    proxy(context);
  }

  private static void filter(ServletContext context, Filter filter, String path) {
    FilterRegistration.Dynamic dynamic = context.addFilter(path, filter);
    dynamic.setAsyncSupported(true);
    dynamic.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, path);
  }

  private static void proxy(ServletContext context) {
    ServletRegistration.Dynamic dynamic = context.addServlet("proxy", new L402ProxyServlet());
    dynamic.setAsyncSupported(true);
    dynamic.addMapping("/*");
  }
}
