// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds the address that a request is counted under: the socket's, or behind trusted proxies the
 * one they forwarded.
 *
 * <p>From a peer that is not trusted the fields mean nothing. From one that is, they are walked
 * from right to left for as long as the hops are trusted too, ten at most; the first hop that is
 * not trusted is the client. At a hop that is not an address ({@code unknown}, a name, a number
 * without dots) the walk stops at the last good one.
 *
 * <p>A proxy that writes one of {@code X-Forwarded-For} and {@code Forwarded} passes the other on
 * as the client sent it, and which of the two it writes cannot be seen. So where both are there
 * they must lead to the same address; otherwise there is none, and the request is to be answered
 * with 400: neither preferring one nor falling back to the proxy's own address would keep a blocked
 * client out.
 *
 * <p>Safe for use by many threads.
 */
final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** What a peer without an IP address (a Unix socket) counts as. Trusted only if configured. */
  private static final InetAddress NO_ADDRESS = AddressLiteral.address(new byte[4]);

  private static final List<AddressRange> PRIVATE =
      List.of(
          AddressRange.parse("10.0.0.0/8"),
          AddressRange.parse("172.16.0.0/12"),
          AddressRange.parse("192.168.0.0/16"),
          AddressRange.parse("100.64.0.0/10"),
          AddressRange.parse("169.254.0.0/16"),
          AddressRange.parse("127.0.0.0/8"),
          AddressRange.parse("::1"),
          AddressRange.parse("fe80::/10"),
          AddressRange.parse("fc00::/7"));

  private final List<AddressRange> trustedProxies;
  private final Consumer<InetAddress> onUntrustedProxy;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Trusts these proxies.
   *
   * @param onUntrustedProxy told, once, of a private address that sent such a field without being
   *     trusted: most likely a proxy that somebody forgot to configure
   */
  ClientAddress(List<AddressRange> trustedProxies, Consumer<InetAddress> onUntrustedProxy) {
    this.trustedProxies = List.copyOf(trustedProxies);
    this.onUntrustedProxy = Objects.requireNonNull(onUntrustedProxy, "onUntrustedProxy");
  }

  /** The way a request of this client came. */
  Hops hops(HttpServletRequest request, InetAddress client) {
    if (trustedProxies.isEmpty()) {
      return Hops.direct(client);
    }
    InetAddress peer = peer(request.getRemoteAddr());
    return isTrusted(peer)
        ? Hops.behind(peer, client, ServletHeaders.values(request, FORWARDED_FOR))
        : Hops.direct(client);
  }

  /** The client of a request; empty if two fields disagree about it. */
  Optional<InetAddress> of(HttpServletRequest request) {
    return of(
        request.getRemoteAddr(),
        ServletHeaders.values(request, FORWARDED_FOR),
        ServletHeaders.values(request, "Forwarded"));
  }

  /**
   * The client of a request.
   *
   * @param socketAddress the peer, as {@code getRemoteAddr()} says
   * @param forwardedFor the values of all {@code X-Forwarded-For} fields, in order
   * @param forwarded the values of all {@code Forwarded} fields, in order
   * @return empty if both are there and disagree
   */
  Optional<InetAddress> of(
      String socketAddress, List<String> forwardedFor, List<String> forwarded) {
    InetAddress peer = peer(socketAddress);
    if (forwardedFor.isEmpty() && forwarded.isEmpty()) {
      return Optional.of(peer);
    }
    if (!isTrusted(peer)) {
      warnOnce(peer);
      return Optional.of(peer);
    }
    if (forwarded.isEmpty()) {
      return Optional.of(walk(peer, forwardedFor, ForwardedFields::forwardedFor));
    }
    InetAddress client = walk(peer, forwarded, ForwardedFields::forwarded);
    boolean agreed =
        forwardedFor.isEmpty()
            || client.equals(walk(peer, forwardedFor, ForwardedFields::forwardedFor));
    return agreed ? Optional.of(client) : Optional.empty();
  }

  private InetAddress walk(
      InetAddress peer, List<String> fields, Function<String, Optional<InetAddress>> reader) {
    InetAddress client = peer;
    for (String hop : ForwardedFields.hops(fields)) {
      Optional<InetAddress> address = reader.apply(hop);
      if (address.isEmpty()) {
        return client;
      }
      client = address.get();
      if (!isTrusted(client)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return anyContains(trustedProxies, address);
  }

  private void warnOnce(InetAddress peer) {
    if (!warned.get() && anyContains(PRIVATE, peer) && warned.compareAndSet(false, true)) {
      onUntrustedProxy.accept(peer);
    }
  }

  private static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** Containers may put brackets around IPv6, and a zone behind it, which says nothing here. */
  private static InetAddress peer(String socketAddress) {
    String text = Objects.requireNonNullElse(socketAddress, "");
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    int zone = text.indexOf('%');
    return AddressLiteral.parse(zone < 0 ? text : text.substring(0, zone)).orElse(NO_ADDRESS);
  }
}
