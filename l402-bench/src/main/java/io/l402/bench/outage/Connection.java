// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A kept-alive connection with one request on it at a time. It is made anew if the server has ended
 * it. Requests are sent by any thread, answers are read by that of {@link Connections}.
 */
final class Connection {
  /** Hears of the end of a request. */
  interface Answered {
    /**
     * The request is over.
     *
     * @param status 0 if the connection broke
     * @param nanoTime when the last byte was read
     */
    void answered(int status, long nanoTime);
  }

  private final Connections connections;
  private ResponseParser response;
  private SocketChannel channel;
  private Answered waiting;

  Connection(Connections connections) {
    this.connections = connections;
  }

  /** Sends a request; the one before must be over. */
  void send(byte[] request, Answered answered) {
    try {
      write(request, answered);
    } catch (IOException e) {
      over(0);
    }
  }

  private synchronized void write(byte[] request, Answered answered) throws IOException {
    waiting = answered;
    if (channel == null) {
      open();
    }
    ByteBuffer bytes = ByteBuffer.wrap(request);
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the server does not read");
    }
  }

  private void open() throws IOException {
    channel = SocketChannel.open(connections.server());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    response = new ResponseParser();
    connections.register(channel, this);
  }

  /** There is something to read. */
  void read() {
    int status;
    try {
      status = readSome();
    } catch (IOException e) {
      over(0);
      return;
    }
    if (status != 0) {
      over(status);
    }
  }

  private synchronized int readSome() throws IOException {
    if (channel == null) {
      return 0;
    }
    if (channel.read(response.buffer()) < 0) {
      throw new IOException("ended by the server");
    }
    return response.parse();
  }

  private void over(int status) {
    Answered told;
    synchronized (this) {
      told = waiting;
      waiting = null;
      if (status == 0) {
        close();
      }
    }
    if (told != null) {
      told.answered(status, System.nanoTime());
    }
  }

  private void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Closed all the same.
    }
    channel = null;
  }
}
