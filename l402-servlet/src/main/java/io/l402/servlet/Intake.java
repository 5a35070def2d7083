// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;
import io.l402.internal.FailureLog;
import io.l402.servlet.ServiceTable.Lookup;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;

/**
 * Reads requests: path, method and host, then the service, then what the gate needs to know. The
 * last place that knows of servlets; safe for use by many threads.
 */
final class Intake {
  private final FailureLog failures = new FailureLog(System.getLogger(Intake.class.getName()));

  private final ServiceTable table;
  private final PathLeniency paths;
  private final RequestMethods methods;
  private final ClientAddress clients;

  Intake(ServiceTable table, PathLeniency paths, RequestMethods methods, ClientAddress clients) {
    this.table = table;
    this.paths = paths;
    this.methods = methods;
    this.clients = clients;
  }

  /** Reads a request as it is now dispatched. */
  Arrival read(HttpServletRequest request) {
    RequestPath path = DispatchPath.of(request, paths);
    if (path instanceof RequestPath.Canonical canonical) {
      return read(request, canonical.path());
    }
    return path instanceof RequestPath.Welcome welcome
        ? Arrival.dearer(read(request, welcome.path()), read(request, welcome.target()))
        : new Arrival.Refused(Answer.BAD_REQUEST);
  }

  private Arrival read(HttpServletRequest request, String path) {
    RequestMethods.Verdict verdict = methods.judge(request.getMethod());
    if (verdict != RequestMethods.Verdict.ALLOWED) {
      return new Arrival.Refused(
          verdict == RequestMethods.Verdict.NOT_ALLOWED
              ? Answer.METHOD_NOT_ALLOWED
              : Answer.BAD_REQUEST);
    }
    HostField host = host(request);
    return host instanceof HostField.Malformed
        ? new Arrival.Refused(Answer.BAD_REQUEST)
        : match(request, path, table.find(host, path));
  }

  /** The Host field; over HTTP/2 the authority, which some containers do not show as a field. */
  private static HostField host(HttpServletRequest request) {
    List<String> fields = ServletHeaders.values(request, "Host");
    boolean authority = fields.isEmpty() && request.getProtocol().startsWith("HTTP/2");
    return authority ? HostField.of(authority(request)) : HostField.of(fields);
  }

  private static String authority(HttpServletRequest request) {
    String name = request.getServerName();
    boolean bareIpv6 = name.indexOf(':') >= 0 && !name.startsWith("[");
    return (bareIpv6 ? "[" + name + "]" : name) + ":" + request.getServerPort();
  }

  private Arrival match(HttpServletRequest request, String path, Lookup found) {
    if (found instanceof Lookup.Match match) {
      return clients
          .of(request)
          .<Arrival>map(it -> matched(request, path, it, match))
          .orElseGet(() -> new Arrival.Refused(Answer.BAD_REQUEST));
    }
    if (found instanceof Lookup.UnmatchedPath) {
      return new Arrival.Unmatched();
    }
    if (found instanceof Lookup.Failed failed) {
      failures.failed(
          System.Logger.Level.ERROR, "a service could not be looked up", failed.cause());
      return new Arrival.Refused(Answer.INTERNAL_ERROR);
    }
    return new Arrival.Refused(Answer.MISDIRECTED);
  }

  /** How it came matters to whoever it is forwarded to, and to nobody else. */
  private Arrival.Matched matched(
      HttpServletRequest request, String path, InetAddress client, Lookup.Match match) {
    AccessRequest access = access(request, path, client, match);
    return match.rule().upstream().isEmpty()
        ? new Arrival.Matched(match.rule(), access)
        : new Arrival.Matched(match.rule(), access, clients.hops(request, client));
  }

  /** HEAD costs what GET costs. */
  private static AccessRequest access(
      HttpServletRequest request, String path, InetAddress client, Lookup.Match match) {
    String method = request.getMethod();
    return new AccessRequest(
        match.rule().policy(),
        "HEAD".equals(method) ? "GET" : method,
        path,
        new ServletHeaders(request),
        client,
        match.whitelisted(),
        match.skipInvoice());
  }
}
