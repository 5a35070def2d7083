// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is let in at the edge, before any service is looked for.
 *
 * @param trustedProxies who is believed about the client's address
 * @param blocklist who is refused
 * @param publicHost the host that clients know this server by, for links and memos
 * @param methods the methods let in besides the usual ones, in upper case
 * @param paths what paths may hold
 * @param cors which pages of other origins may read answers; empty is none
 * @param drainLimit how many bytes of an unread body are read before the connection is closed
 */
record EdgeSettings(
    List<AddressRange> trustedProxies,
    List<AddressRange> blocklist,
    Optional<String> publicHost,
    Set<String> methods,
    PathLeniency paths,
    Optional<CorsSettings> cors,
    long drainLimit) {
  EdgeSettings {
    trustedProxies = List.copyOf(trustedProxies);
    blocklist = List.copyOf(blocklist);
    methods = Set.copyOf(methods);
  }
}
