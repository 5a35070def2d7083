// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection over the wire: a socket to the client, one to the server, and two pumps. */
final class WireLink {
  private static final int BUFFER = 1 << 16;

  private final Socket client;
  private final Socket server = new Socket();
  private final WireGate gate;
  private final Set<WireLink> links;
  private final AtomicInteger pumps = new AtomicInteger(2);
  private volatile boolean over;

  WireLink(Socket client, WireGate gate, Set<WireLink> links) {
    this.client = client;
    this.gate = gate;
    this.links = links;
  }

  void open(InetSocketAddress address, Executor threads) throws IOException {
    links.add(this);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(address);
    } catch (IOException e) {
      reset();
      throw e;
    }
    threads.execute(() -> pump(client, server));
    threads.execute(() -> pump(server, client));
  }

  boolean isOver() {
    return over;
  }

  private void pump(Socket from, Socket to) {
    try {
      copy(from, to);
      if (pumps.decrementAndGet() == 0) {
        end();
      }
    } catch (IOException e) {
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  private void copy(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    byte[] buffer = new byte[BUFFER];
    boolean heard = true;
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      gate.pass(this);
      heard = heard && write(to, buffer, length);
    }
    gate.pass(this);
    if (heard && !over) {
      to.shutdownOutput();
    }
  }

  /** Whether anybody still listens there: the other direction may have more to say. */
  private boolean write(Socket to, byte[] buffer, int length) {
    try {
      to.getOutputStream().write(buffer, 0, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends both sides at once, with a reset. */
  void reset() {
    over = true;
    abort(client);
    abort(server);
    forget();
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It was closed already.
    }
    close(socket);
  }

  private void end() {
    over = true;
    close(client);
    close(server);
    forget();
  }

  private void forget() {
    links.remove(this);
    gate.wake();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
