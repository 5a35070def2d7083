// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The proxy in a process of its own, so that memory and threads can be counted.
 *
 * <p>Its main method serves with the container on the class path until its input ends. It says its
 * port, and for each line that it gets, how many threads it has.
 */
public final class ProxyProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final BufferedReader output;
  private final int port;

  private ProxyProcess(Process process) throws IOException {
    this.process = process;
    output = process.inputReader();
    port = nextNumber();
  }

  /**
   * Starts it.
   *
   * @param rest the port of an upstream that speaks HTTP/1.1
   * @param grpc the port of an upstream that speaks gRPC
   * @param options for its JVM
   */
  static ProxyProcess start(int rest, int grpc, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProxyProcess.class.getName());
    command.add(Integer.toString(rest));
    command.add(Integer.toString(grpc));
    ProcessBuilder builder = new ProcessBuilder(command);
    return new ProxyProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Serves. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    int rest = Integer.parseInt(arguments[0]);
    int grpc = Integer.parseInt(arguments[1]);
    try (ProxyShop shop =
            ProxyShop.open(config -> ProxyShop.grpc(ProxyShop.rest(config, rest), grpc));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      out.println(shop.port());
      while (in.readLine() != null) {
        out.println(ManagementFactory.getThreadMXBean().getThreadCount());
      }
    }
    System.exit(0);
  }

  int port() {
    return port;
  }

  /** How many threads it has now. */
  int threads() throws IOException {
    process.outputWriter().append('\n').flush();
    return nextNumber();
  }

  private int nextNumber() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the proxy has ended");
    }
    return Integer.parseInt(line);
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
