// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server of raw sockets, with a thread for each connection. */
final class SocketUpstream implements AutoCloseable {
  /** What it does with a connection, which is closed behind it. */
  @FunctionalInterface
  interface Script {
    /** Serves until there is nothing to serve any more. */
    void serve(Socket socket) throws IOException;
  }

  private static final int BACKLOG = 200;

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Starts it on a free port. */
  SocketUpstream(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  /** A port that nobody listens on. */
  static int refusingPort() throws IOException {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return unused.getLocalPort();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections are open now. */
  int connections() {
    return open.size();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.serve(socket);
    } catch (IOException e) {
      // Most of what is tested here ends like this.
    } finally {
      open.remove(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
