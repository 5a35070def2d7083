// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.GrpcKind;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The beginning of an upstream's answer as the client gets it.
 *
 * @param fields what stands in front of the body
 * @param trailers what is known of the trailers already: a gRPC answer that is nothing but trailers
 *     says all in its header fields, which no servlet container can send on as such
 */
record ResponseHead(
    int status, List<Field> fields, Optional<Long> length, Map<String, String> trailers) {
  /** What would lead clients elsewhere, and what only the filter says. */
  private static final Set<String> DROPPED = Set.of("refresh", "alt-svc", "x-l402-dry-run");

  /** What would let a cache show one client's bill to the next. */
  private static final Set<String> REUSE =
      Set.of("age", "cache-control", "etag", "expires", "last-modified");

  private static final Set<String> NO_METADATA =
      Set.of("content-type", "date", "server", "via", "set-cookie");
  private static final String GRPC = "grpc-";
  private static final String GRPC_STATUS = "grpc-status";

  /**
   * The answer to forward.
   *
   * @throws RefusedException if it is not to be forwarded
   */
  static ResponseHead of(int status, List<Field> answer, GrpcKind grpc, Location location) {
    if (status < HttpServletResponse.SC_OK) {
      throw new RefusedException(Failure.BAD_GATEWAY, "a switch of protocols that nobody wanted");
    }
    return read(status, answer, grpc, location);
  }

  private static ResponseHead read(
      int status, List<Field> answer, GrpcKind grpc, Location location) {
    FieldLimits.checkResponse(answer);
    Framing framing = Framing.of(answer, Failure.BAD_GATEWAY);
    HopByHop hops = new HopByHop(answer);
    List<Field> fields = new ArrayList<>();
    for (Field field : answer) {
      if (!hops.contains(field) && !isDropped(field, status)) {
        fields.add(change(field, location));
      }
    }
    if (status == HttpServletResponse.SC_PAYMENT_REQUIRED) {
      fields.add(new Field("Cache-Control", "no-store"));
    }
    boolean trailersOnly =
        grpc == GrpcKind.TRAILERS && fields.stream().anyMatch(it -> it.is(GRPC_STATUS));
    Map<String, String> trailers = trailersOnly ? trailers(fields) : Map.of();
    if (trailersOnly) {
      fields.removeIf(it -> it.key().startsWith(GRPC));
    }
    return new ResponseHead(status, fields, framing.length(), trailers);
  }

  /**
   * The answer by which the upstream switches protocols.
   *
   * @throws RefusedException if it is not to be forwarded
   */
  static ResponseHead ofUpgrade(List<Field> answer, Location location) {
    List<String> protocols =
        answer.stream().filter(it -> it.is("upgrade")).map(it -> it.value().strip()).toList();
    if (protocols.size() != 1 || !protocols.get(0).equalsIgnoreCase("websocket")) {
      throw new RefusedException(Failure.BAD_GATEWAY, "a switch to another protocol");
    }
    ResponseHead head =
        read(HttpServletResponse.SC_SWITCHING_PROTOCOLS, answer, GrpcKind.NONE, location);
    return new ResponseHead(head.status, head.fields, Optional.empty(), Map.of());
  }

  private static boolean isDropped(Field field, int status) {
    boolean bill = status == HttpServletResponse.SC_PAYMENT_REQUIRED;
    return DROPPED.contains(field.key()) || bill && REUSE.contains(field.key());
  }

  private static Field change(Field field, Location location) {
    if (field.is("set-cookie")) {
      return new Field(field.name(), Cookies.withoutDomain(field.value()));
    }
    if (field.is("location")) {
      return new Field(field.name(), location.map(field.value()));
    }
    return field;
  }

  private static Map<String, String> trailers(List<Field> fields) {
    Map<String, String> trailers = new LinkedHashMap<>();
    for (Field field : fields) {
      if (!NO_METADATA.contains(field.key())) {
        trailers.merge(field.key(), field.value(), (one, two) -> one + "," + two);
      }
    }
    return trailers;
  }

  /** Whether the answer ends with this head: its status may have trailers. */
  boolean isTrailersOnly() {
    return !trailers.isEmpty();
  }

  /** Writes it. What a filter set before stands back, unless it can stand beside. */
  void writeTo(HttpServletResponse response, Field via) {
    response.setStatus(status);
    List<String> seen = new ArrayList<>();
    for (Field field : fields) {
      if (field.is("set-cookie") || seen.contains(field.key())) {
        response.addHeader(field.name(), field.value());
      } else {
        response.setHeader(field.name(), field.value());
        seen.add(field.key());
      }
    }
    response.addHeader(via.name(), via.value());
    length.ifPresent(response::setContentLengthLong);
  }
}
