// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.l402.it.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** WebSocket by the JDK's client, and byte for byte. */
final class WebSockets {
  static final int TEXT = 0x81;
  static final int PING = 0x89;

  /** A closing frame: 1001. */
  static final String GOING_AWAY = "\u0088\u0002\u0003\u00e9";

  private static final long PATIENCE_SECONDS = 30;
  private static final String CLOSED = "(closed)";

  private WebSockets() {}

  /** The status of an upgrade that is refused. */
  static int refusal(int port, String target, String... fields) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(handshake(target, fields)).read(false).status();
    }
  }

  /** The head of a request to upgrade. */
  static String handshake(String target, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Connection: Upgrade");
    all.add("Upgrade: websocket");
    all.add("Sec-WebSocket-Version: 13");
    all.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    return RawHttp.head("GET", target, all.toArray(String[]::new));
  }

  /** A client's frame with a text. */
  static String text(String text) {
    return fromClient(TEXT, text);
  }

  /** A client's ping. */
  static String ping(String text) {
    return fromClient(PING, text);
  }

  /** With a mask that changes nothing. */
  private static String fromClient(int opcode, String text) {
    return "" + (char) opcode + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
  }

  /** The same from the other side. */
  static String fromServer(int opcode, String text) {
    return "" + (char) opcode + (char) text.length() + text;
  }

  /** Upgrades, and sends each text when the one before has come back; then closes. */
  static List<String> echo(int port, String target, String token, String... texts)
      throws Exception {
    Texts received = new Texts();
    WebSocket socket = open(port, target, token, received);
    List<String> echoes = new ArrayList<>();
    for (String text : texts) {
      socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      echoes.add(received.next());
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!received.next().equals(CLOSED)) {
      throw new AssertionError("the connection was not closed in order");
    }
    return echoes;
  }

  /** Whether the client is told of the end when the other side hangs up behind the first echo. */
  static boolean isEndTold(int port, String target, String token) throws Exception {
    Texts received = new Texts();
    WebSocket socket = open(port, target, token, received);
    socket.sendText("hello", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return received.next().equals("hello") && received.next().equals(CLOSED);
  }

  private static WebSocket open(int port, String target, String token, Texts received)
      throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", token.substring("Authorization: ".length()))
        .buildAsync(URI.create("ws://127.0.0.1:" + port + target), received)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static final class Texts implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      texts.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      texts.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable why) {
      texts.add(why.toString());
    }

    String next() throws InterruptedException {
      return String.valueOf(texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }
}
