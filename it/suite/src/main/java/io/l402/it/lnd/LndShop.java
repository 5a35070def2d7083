// SPDX-License-Identifier: Apache-2.0
package io.l402.it.lnd;

import io.l402.PaymentHash;
import io.l402.gate.L402Listener;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import io.l402.lnd.fake.FakeLnd;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop whose filter found its lnd by the keys in a YAML file: {@code /paid/*} costs 10 sat. */
final class LndShop implements AutoCloseable {
  private static final String SERVICES =
      """
      challengelimits: 'off'
      unmatched: pass
      services:
        - name: paid
          paths: /paid/*
          price: 10
      """;

  private final List<PaymentHash> settled = new CopyOnWriteArrayList<>();
  private final FakeLnd lnd;
  private final Path file;
  private final boolean listening;
  private RunningContainer container;

  private LndShop(FakeLnd lnd, Path file, boolean listening) throws Exception {
    this.lnd = lnd;
    this.file = file;
    this.listening = listening;
    start();
  }

  /** Opens one with these keys, and nobody who listens. */
  static LndShop open(FakeLnd lnd, Path folder, Map<String, String> keys) throws Exception {
    return new LndShop(lnd, write(folder, keys), false);
  }

  /** Opens one that hears of payments. */
  static LndShop openListening(FakeLnd lnd, Path folder, Map<String, String> keys)
      throws Exception {
    return new LndShop(lnd, write(folder, keys), true);
  }

  /** What is in place of a file where there is none: init-params. */
  static Map<String, String> initParameters(Map<String, String> keys) {
    Map<String, String> parameters = new LinkedHashMap<>(keys);
    parameters.put("paths", "/paid/*");
    parameters.put("price", "10");
    return parameters;
  }

  private static Path write(Path folder, Map<String, String> keys) throws IOException {
    return Files.writeString(folder.resolve("l402.yaml"), LndKeys.asYaml(keys) + SERVICES);
  }

  /** Starts it again, with the file it had. */
  void start() throws Exception {
    container = TestContainer.current().start(WebApplication.of(this::register));
  }

  /** Ends the application and its container. */
  void stop() {
    container.close();
  }

  private void register(ServletContext context) {
    register(context, new L402Filter(config()));
  }

  /** Registers the goods, and a filter in front of everything. */
  static FilterRegistration.Dynamic register(ServletContext context, L402Filter filter) {
    ServletRegistration.Dynamic goods = context.addServlet("goods", new Goods());
    goods.setAsyncSupported(true);
    goods.addMapping("/paid/*", "/open/*");
    FilterRegistration.Dynamic registration = context.addFilter("l402", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    return registration;
  }

  private L402Config config() {
    var builder = L402Config.builder().file(file);
    return (listening ? builder.listener(new Ear()) : builder).build();
  }

  LndCustomer customer() {
    return new LndCustomer(container.port(), lnd);
  }

  /** The payments that the listener has heard of, in order. */
  List<PaymentHash> settled() {
    return settled;
  }

  @Override
  public void close() {
    stop();
  }

  private final class Ear implements L402Listener {
    @Override
    public void settled(PaymentHash paymentHash) {
      settled.add(paymentHash);
    }
  }

  private static final class Goods extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain;charset=utf-8");
      response.getWriter().print("goods");
    }
  }
}
