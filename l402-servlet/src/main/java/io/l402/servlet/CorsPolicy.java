// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;

/**
 * Which pages of other origins may read answers and send credentials. Off unless configured.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS</a>
 */
final class CorsPolicy {
  static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final String REQUEST_FIELDS =
      "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Content-Type";
  private static final String RESPONSE_FIELDS = "WWW-Authenticate, Retry-After";

  private final Optional<CorsSettings> settings;
  private final String methods;

  /**
   * A policy.
   *
   * @param methods the methods there are, separated by commas
   */
  CorsPolicy(Optional<CorsSettings> settings, String methods) {
    this.settings = settings;
    this.methods = methods;
  }

  /** Whether this is a real preflight that we answer: it asks for nothing, so it costs nothing. */
  boolean isPreflight(HttpServletRequest request) {
    return settings.isPresent()
        && "OPTIONS".equals(request.getMethod())
        && request.getHeader("Access-Control-Request-Method") != null
        && allows(request)
        && !UnreadBody.isAnnounced(request);
  }

  /** Answers a preflight. */
  void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    addTo(request, response);
    response.addHeader("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
    response.setHeader("Access-Control-Allow-Methods", methods);
    response.setHeader("Access-Control-Allow-Headers", REQUEST_FIELDS);
    settings.ifPresent(
        cors ->
            response.setHeader("Access-Control-Max-Age", Long.toString(cors.maxAge().toSeconds())));
  }

  /** Whether {@link #addTo} has anything to say at all. */
  boolean isOn() {
    return settings.isPresent();
  }

  /** Lets the page that asked read an answer, if it may. */
  void addTo(HttpServletRequest request, HttpServletResponse response) {
    if (settings.isEmpty()) {
      return;
    }
    if (!settings.get().anyOrigin()) {
      response.addHeader("Vary", "Origin");
    }
    if (allows(request)) {
      String origin = settings.get().anyOrigin() ? "*" : request.getHeader("Origin");
      response.setHeader(ALLOW_ORIGIN, origin);
      response.setHeader("Access-Control-Expose-Headers", RESPONSE_FIELDS);
    }
  }

  private boolean allows(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && settings.get().allows(origin.toLowerCase(Locale.ROOT));
  }
}
