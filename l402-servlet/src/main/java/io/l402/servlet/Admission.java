// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.VerifiedL402;
import io.l402.gate.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets a request pass, and shows the application the token that let it. */
final class Admission implements Step {
  private static final List<String> SHOWN =
      List.of(Passage.ATTRIBUTE, Forwarding.ATTRIBUTE, L402Filter.TOKEN_ATTRIBUTE);

  private final CorsPolicy cors;
  private final Passage passage;
  private final Decision.Allowed allowed;
  private final Runnable onFailure;

  /**
   * An admission.
   *
   * @param onFailure hears that the upstream failed, if the request is forwarded to one
   */
  Admission(CorsPolicy cors, Passage passage, Decision.Allowed allowed, Runnable onFailure) {
    this.cors = cors;
    this.passage = passage;
    this.allowed = allowed;
    this.onFailure = onFailure;
  }

  @Override
  public void take(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isNested(request)) {
      takeNested(request, response, chain);
    } else {
      show(request);
      chain.doFilter(wrap(request), wrap(request, response));
    }
  }

  /** After a forward or an include the caller goes on with what was decided for it. */
  private void takeNested(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Map<String, Object> before = new HashMap<>();
    SHOWN.forEach(name -> before.put(name, request.getAttribute(name)));
    show(request);
    try {
      chain.doFilter(wrap(request), wrap(request, response));
    } finally {
      before.forEach(request::setAttribute);
    }
  }

  private void show(HttpServletRequest request) {
    passage.putOn(request);
    passage.forwarding(token(), onFailure).putOn(request);
    request.setAttribute(L402Filter.TOKEN_ATTRIBUTE, token());
  }

  private static boolean isNested(HttpServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    return type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE;
  }

  private VerifiedL402 token() {
    return allowed instanceof Decision.Granted granted ? granted.token() : null;
  }

  private HttpServletRequest wrap(HttpServletRequest request) {
    VerifiedL402 token = token();
    return token == null || AllowedRequest.covers(request, token)
        ? request
        : new AllowedRequest(request, token);
  }

  private HttpServletResponse wrap(HttpServletRequest request, HttpServletResponse response) {
    boolean paid = isForOne();
    boolean needless = !paid && !cors.isOn() || AllowedResponse.covers(response, paid);
    return needless
        ? response
        : new AllowedResponse(response, paid, out -> cors.addTo(request, out));
  }

  /** Whether another client would have had to pay for the same answer. */
  private boolean isForOne() {
    return !(allowed instanceof Decision.Free free)
        || free.why() == Decision.Free.Why.FREEBIE
        || free.why() == Decision.Free.Why.PRICE_ZERO;
  }
}
