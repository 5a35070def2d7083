// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came in, as far as it matters for what goes out; checked for what cannot be
 * forwarded at all.
 *
 * @param protocol such as HTTP/1.1
 * @param scheme http or https
 * @param host the host that the client spoke to
 * @param sessionCookie the name of the container's own cookie
 */
record Inbound(
    String method,
    String protocol,
    String scheme,
    Optional<String> host,
    List<Field> fields,
    Framing framing,
    String sessionCookie) {

  /**
   * Reads a request.
   *
   * @throws RefusedException if it is not to be forwarded
   */
  static Inbound of(HttpServletRequest request) {
    List<Field> fields = fields(request);
    FieldLimits.checkRequest(fields);
    return new Inbound(
        request.getMethod(),
        request.getProtocol(),
        request.getScheme(),
        Optional.ofNullable(request.getHeader("Host")).or(() -> authority(request)),
        fields,
        Framing.of(fields, Failure.BAD_REQUEST),
        sessionCookie(request));
  }

  private static List<Field> fields(HttpServletRequest request) {
    List<Field> fields = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        fields.add(new Field(name, value));
      }
    }
    return fields;
  }

  /** Over HTTP/2 some containers show the authority here only. */
  private static Optional<String> authority(HttpServletRequest request) {
    String name = request.getServerName();
    return name == null || name.isEmpty()
        ? Optional.empty()
        : Optional.of(name + ":" + request.getServerPort());
  }

  private static String sessionCookie(HttpServletRequest request) {
    SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
    return config == null || config.getName() == null ? "JSESSIONID" : config.getName();
  }

  /** Whether it came over HTTP/2. */
  boolean isHttp2() {
    return protocol.startsWith("HTTP/2");
  }

  /** Whether there is a body to forward. */
  boolean hasBody() {
    return framing.hasBody(method, isHttp2());
  }

  /**
   * Whether fields may follow the body. Over HTTP/2 they may also where its length is told, and
   * then the length cannot be told any further over HTTP/1.1; so only if the client announces them.
   */
  boolean mayHaveTrailers() {
    boolean announced = isHttp2() && fields.stream().anyMatch(it -> it.is("trailer"));
    return hasBody() && (framing.length().isEmpty() || announced);
  }

  /** Whether the client says that it reads trailers. */
  boolean acceptsTrailers() {
    return fields.stream()
        .filter(field -> field.is("te"))
        .flatMap(field -> List.of(field.value().split(",", -1)).stream())
        .anyMatch(coding -> coding.strip().toLowerCase(Locale.ROOT).equals("trailers"));
  }

  /** Whether {@code Max-Forwards} means anything. */
  boolean countsForwards() {
    return method.equals("OPTIONS");
  }

  /** Whether nobody behind us is meant. */
  boolean isForUs() {
    return countsForwards()
        && fields.stream()
            .anyMatch(it -> it.is("max-forwards") && it.value().strip().matches("0+"));
  }

  /** Whether the client waits to be told to go on before it sends the body. */
  boolean expectsContinue() {
    return fields().stream().anyMatch(it -> it.is("expect"));
  }

  /** Whether it expects something that we cannot promise. */
  boolean expectsMore() {
    return fields.stream()
        .anyMatch(it -> it.is("expect") && !it.value().strip().equalsIgnoreCase("100-continue"));
  }

  /** Whether it wants to speak WebSocket. Any other protocol is left unmentioned upstream. */
  boolean isWebSocket() {
    return method.equals("GET")
        && protocol.equals("HTTP/1.1")
        && new HopByHop(fields).names("upgrade")
        && fields.stream()
            .anyMatch(it -> it.is("upgrade") && it.value().strip().equalsIgnoreCase("websocket"));
  }

  /** Whether sending it twice does what sending it once does. */
  boolean isRepeatable() {
    return !hasBody() && List.of("GET", "HEAD", "OPTIONS").contains(method);
  }
}
