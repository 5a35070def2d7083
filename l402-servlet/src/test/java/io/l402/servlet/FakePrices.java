// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.MilliSatoshi;
import io.l402.gate.AccessRequest;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.gate.PricerProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Price servers that are none, found as the real ones are, by those who are {@linkplain #installed
 * given} a class loader that knows of them.
 */
public final class FakePrices implements PricerProvider {
  /** What is open, by its address. */
  static final Map<String, Line> OPEN = new ConcurrentHashMap<>();

  /** How often anything was connected, by its address. */
  static final List<String> CONNECTED = new CopyOnWriteArrayList<>();

  /** What was ended. */
  static final List<Line> ENDED = new CopyOnWriteArrayList<>();

  /** What all of them say. */
  static volatile Supplier<CompletionStage<MilliSatoshi>> price;

  /** For the service loader. */
  public FakePrices() {}

  static void reset() {
    OPEN.clear();
    CONNECTED.clear();
    ENDED.clear();
    price = () -> CompletableFuture.completedFuture(MilliSatoshi.ofSat(3));
  }

  @Override
  public Pricer connect(PriceServer server) {
    if (server.address().startsWith("refused")) {
      throw new io.l402.L402ConfigException("dynamicprice: refused by a test");
    }
    CONNECTED.add(server.address());
    Line line = new Line(server.address());
    OPEN.put(server.address(), line);
    return line;
  }

  /** A connection; asking when it is closed is what must not happen. */
  record Line(String address) implements Pricer {
    @Override
    public CompletionStage<MilliSatoshi> price(AccessRequest request) {
      return OPEN.get(address) == this
          ? price.get()
          : CompletableFuture.failedFuture(new IllegalStateException("closed"));
    }

    @Override
    public void close() {
      OPEN.remove(address, this);
      ENDED.add(this);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(address);
    }
  }

  /** Does something on a thread whose application has these among its libraries. */
  static <T> T installed(java.util.concurrent.Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new Library(before));
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static final class Library extends ClassLoader {
    private static final String SERVICE = "META-INF/services/" + PricerProvider.class.getName();

    Library(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(new URL(null, "fake:prices", new Handler())))
          : super.getResources(name);
    }
  }

  private static final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(
              FakePrices.class.getName().getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}
