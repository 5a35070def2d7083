// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes without end, as many as the other side takes. */
final class Flood {
  private static final int BLOCK = 16 * 1024;

  private final AtomicLong sent = new AtomicLong();

  /** How many went so far. */
  long sent() {
    return sent.get();
  }

  /** Sends them until the connection is closed. */
  void into(Socket socket) throws IOException {
    byte[] block = new byte[BLOCK];
    while (true) {
      socket.getOutputStream().write(block);
      sent.addAndGet(block.length);
    }
  }

  /** The same on a thread of its own, which ends with the connection. */
  Thread start(Socket socket) {
    Thread sender = new Thread(() -> untilClosed(socket), "flood");
    sender.setDaemon(true);
    sender.start();
    return sender;
  }

  private void untilClosed(Socket socket) {
    try {
      into(socket);
    } catch (IOException e) {
      // As the test wanted it.
    }
  }
}
