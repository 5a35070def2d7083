// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream on a bare socket, which misbehaves as it is told. */
final class RawUpstream implements Closeable {
  /** What is done with each connection; it is closed afterwards. */
  interface Script {
    void serve(Peer peer) throws Exception;
  }

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();

  /** How many connections were made. */
  final AtomicInteger connections = new AtomicInteger();

  private RawUpstream(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  static RawUpstream of(Script script) throws IOException {
    return new RawUpstream(script);
  }

  /** Answers every request, body and all, with this text. */
  static RawUpstream answering(String... lines) throws IOException {
    String answer = String.join("\r\n", lines);
    return of(
        peer -> {
          while (true) {
            peer.readRequest();
            peer.write(answer);
          }
        });
  }

  /** Answers every request with "ok". */
  static RawUpstream ok() throws IOException {
    return answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok");
  }

  /** Answers a request with more than anybody can read. */
  static RawUpstream flooding(Flood flood) throws IOException {
    return of(
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\n\r\n");
          flood.into(peer.socket);
        });
  }

  /** Reads whatever comes and says nothing. */
  static RawUpstream silent() throws IOException {
    return of(
        peer -> {
          peer.readHead();
          peer.awaitEnd();
        });
  }

  /** Reads the head of a request and nothing of its body. */
  static RawUpstream unwilling() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    return of(
        peer -> {
          peer.readHead();
          never.await(20, TimeUnit.SECONDS);
        });
  }

  /** The address of an upstream that is not there. */
  static String nowhere() throws IOException {
    try (ServerSocket closed = new ServerSocket(0)) {
      return "127.0.0.1:" + closed.getLocalPort();
    }
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The head of the next request: its lines. */
  List<String> head() throws InterruptedException {
    List<String> head = heads.poll(5, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("no request came");
    }
    return head;
  }

  /** Whether no request came so far. */
  boolean isUntouched() {
    return heads.isEmpty();
  }

  /** How many connections are open. */
  int open() {
    return open.size();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(new Peer(socket));
    } catch (Exception e) {
      // The other side went away, or the test is over.
    } finally {
      open.remove(socket);
    }
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

  /** One connection. */
  final class Peer {
    final Socket socket;
    final InputStream in;

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** Reads a head, and makes it known. */
    List<String> readHead() throws IOException {
      List<String> head = RawClient.readHead(in);
      heads.add(head);
      return head;
    }

    /** Reads a whole request. Returns its body, chunks and trailers as they came. */
    String readRequest() throws IOException {
      return RawClient.readBody(in, readHead());
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Breaks the connection off with a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits until the other side has closed. */
    void awaitEnd() throws IOException {
      try {
        while (in.read() >= 0) {
          // Whatever comes.
        }
      } catch (EOFException | java.net.SocketException e) {
        // Closed, too.
      }
    }
  }
}
