// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.InetAddress;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/**
 * The way a request came, as far as it can be believed.
 *
 * @param addresses the client, then the trusted proxies in between, the peer last; one address, if
 *     the peer is the client
 * @param trusted whether the peer is a trusted proxy
 */
record Hops(List<String> addresses, boolean trusted) {
  /** Where nothing is forwarded. */
  static final Hops UNTOLD = new Hops(List.of(), false);

  Hops {
    addresses = List.copyOf(addresses);
  }

  /** From a client that nobody stands in front of. */
  static Hops direct(InetAddress client) {
    return new Hops(List.of(client.getHostAddress()), false);
  }

  /**
   * Through a trusted proxy.
   *
   * @param client what was found to be the client
   * @param forwardedFor the values of all {@code X-Forwarded-For} fields, in order
   */
  static Hops behind(InetAddress peer, InetAddress client, List<String> forwardedFor) {
    LinkedList<String> addresses = new LinkedList<>();
    addresses.add(peer.getHostAddress());
    for (String hop : ForwardedFields.hops(forwardedFor)) {
      Optional<InetAddress> address = ForwardedFields.forwardedFor(hop);
      if (address.isEmpty() || addresses.size() > 1 && isFirst(addresses, client)) {
        break;
      }
      addresses.addFirst(address.get().getHostAddress());
    }
    if (!isFirst(addresses, client)) {
      addresses.addFirst(client.getHostAddress()); // the other field said so
    }
    return new Hops(addresses, true);
  }

  private static boolean isFirst(LinkedList<String> addresses, InetAddress client) {
    return addresses.getFirst().equals(client.getHostAddress());
  }
}
