// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is sent to an upstream, but for the body.
 *
 * @param http2 whether HTTP/2 is spoken without asking, as {@code h2c} says
 * @param fields in order, without framing
 * @param hasBody whether {@link UpstreamExchange#write} and {@link UpstreamExchange#end} follow
 * @param length of the body, if it is known
 * @param trailers asked for after the body ended; empty if there can be none
 */
record UpstreamRequest(
    String method,
    URI target,
    boolean http2,
    List<Field> fields,
    boolean hasBody,
    Optional<Long> length,
    Optional<Supplier<Map<String, String>>> trailers) {
  /** The same with other fields. */
  UpstreamRequest withFields(List<Field> others) {
    return new UpstreamRequest(method, target, http2, others, hasBody, length, trailers);
  }
}
