// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Forwarding;
import io.l402.servlet.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done with a request, decided before anything is.
 *
 * @param fields for the upstream
 * @param location how the upstream's own addresses are seen from outside
 */
record Plan(
    Inbound inbound,
    Forwarding forwarding,
    Upstream upstream,
    URI target,
    List<Field> fields,
    Location location,
    Via via,
    UpstreamClient client) {

  /**
   * The plan for a request.
   *
   * @throws RefusedException if it is not to be forwarded
   */
  static Plan of(
      HttpServletRequest request,
      Forwarding forwarding,
      Upstream upstream,
      Via via,
      UpstreamClient client) {
    Inbound inbound = Inbound.of(request);
    String mount = Mount.of(request);
    String path =
        forwarding
            .encodedPathBelow(mount)
            .orElseThrow(() -> new RefusedException(Failure.BAD_REQUEST, "path: two views"));
    return new Plan(
        inbound,
        forwarding,
        upstream,
        Target.of(upstream, path, request.getQueryString()),
        RequestFields.of(inbound, forwarding, upstream, via),
        new Location(upstream, request.getContextPath() + mount),
        via,
        client);
  }

  /** What is sent, but for the body. */
  UpstreamRequest request(HttpServletRequest request) {
    boolean trailers = inbound.mayHaveTrailers();
    return new UpstreamRequest(
        inbound.method(),
        target,
        upstream.base().getScheme().equals("h2c"),
        fields,
        inbound.hasBody(),
        trailers ? Optional.empty() : inbound.framing().length(),
        trailers ? Optional.of(() -> trailers(request)) : Optional.empty());
  }

  private Map<String, String> trailers(HttpServletRequest request) {
    try {
      return request.isTrailerFieldsReady()
          ? Trailers.ofRequest(request.getTrailerFields(), upstream)
          : Map.of();
    } catch (IllegalStateException e) {
      return Map.of(); // the container has given up on the request
    }
  }

  /** What the log says when the upstream fails. */
  String complaint() {
    return "the upstream " + upstream.address() + " failed";
  }
}
