// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Connections to the server, and the one thread that reads from all of them. */
final class Connections implements AutoCloseable {
  private final InetSocketAddress server;
  private final Selector selector;

  Connections(int port) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    selector = Selector.open();
    Thread reader = new Thread(this::read, "load-reader");
    reader.setDaemon(true);
    reader.start();
  }

  InetSocketAddress server() {
    return server;
  }

  /** A connection, opened with its first request. */
  Connection connection() {
    return new Connection(this);
  }

  void register(SocketChannel channel, Connection connection) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, connection);
    selector.wakeup();
  }

  private void read() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> ((Connection) key.attachment()).read());
      }
    } catch (ClosedSelectorException e) {
      // The end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the reading; connections end with the process. */
  @Override
  public void close() throws IOException {
    selector.close();
  }
}
