// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wire between clients and the fake: a relay on a port of 127.0.0.1 that stays the same however
 * often the server behind it is restarted. It can go silent, break and come back.
 *
 * <p>Safe for use by many threads.
 */
public final class Wire {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Threads.named("fake-lnd-wire"));
  private final Set<WireLink> links = ConcurrentHashMap.newKeySet();
  private final WireGate gate = new WireGate();
  private final AtomicInteger accepted = new AtomicInteger();
  private final InetSocketAddress address;
  private Socket reservation = new Socket();
  private ServerSocket listener;
  private CompletableFuture<Void> acceptor;
  private volatile InetSocketAddress server;
  private boolean refusing;
  private boolean serving;

  /** Reserves a free port; nobody listens there yet. */
  Wire() {
    try {
      reservation.setReuseAddress(true);
      reservation.bind(new InetSocketAddress(LOCAL, 0));
      address = new InetSocketAddress(LOCAL, reservation.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect. */
  public int port() {
    return address.getPort();
  }

  /** How many connections were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return links.size();
  }

  /**
   * From now on nothing arrives, in neither direction: connections, also new ones, stay open and
   * silent. After {@link #restore} what was under way arrives, late.
   */
  public void blackHole() {
    gate.close();
  }

  /** Resets all connections. New ones are welcome. */
  public void cut() {
    links.forEach(WireLink::reset);
  }

  /** From now on nobody listens on the port. Connections that are open stay. */
  public synchronized void refuse() {
    refusing = true;
    update();
  }

  /** Ends {@link #blackHole} and {@link #refuse}. */
  public synchronized void restore() {
    refusing = false;
    update();
    gate.open();
  }

  /** The server is up, on this port. */
  synchronized void serve(int serverPort) {
    server = new InetSocketAddress(LOCAL, serverPort);
    serving = true;
    update();
  }

  /** The server is going down: nobody listens. */
  synchronized void leave() {
    serving = false;
    update();
  }

  private void update() {
    try {
      if (serving && !refusing) {
        listen();
      } else if (listener != null) {
        unlisten();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() throws IOException {
    if (listener == null) {
      ServerSocket socket = bind();
      listener = socket;
      acceptor = CompletableFuture.runAsync(() -> accept(socket), threads);
    }
  }

  /** The port is deaf only once nobody waits in accept any more. */
  private void unlisten() throws IOException {
    listener.close();
    listener = null;
    acceptor.join();
  }

  /** Where the system lets a port have two owners, the reservation is kept. */
  private ServerSocket bind() throws IOException {
    try {
      return tryBind();
    } catch (BindException e) {
      reservation.close();
      return tryBind();
    }
  }

  private ServerSocket tryBind() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, 1024);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        accepted.incrementAndGet();
        new WireLink(client, gate, links).open(server, threads);
      } catch (IOException e) {
        // The listener is closed, or a client left before it was served.
      }
    }
  }

  void close() {
    leave();
    cut();
    gate.open();
    threads.shutdownNow();
    try {
      reservation.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.await(threads);
  }
}
