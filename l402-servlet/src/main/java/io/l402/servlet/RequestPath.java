// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The path of a request, made canonical, or the reason why nothing can safely be decided on it.
 *
 * <p>Containers disagree about dot segments, path parameters, double slashes and encoded slashes,
 * and choose the servlet and the filter by different forms of the path. So the path is read twice:
 * once by us, from the raw URI, and once by the container ({@code servletPath} and {@code
 * pathInfo}). Where the two differ, or where the raw text is one that anybody is known to read
 * differently, it is refused. Dot segments in clear are resolved, as RFC 3986, 5.2.4 says; nothing
 * is decoded twice.
 *
 * <p>Knows no servlet types. Never throws on what a client can send. Immutable and safe for use by
 * many threads.
 */
sealed interface RequestPath {
  /** The longest path read, in bytes of UTF-8, as it was sent. */
  int MAX_BYTES = 4096;

  /** The most segments read. */
  int MAX_SEGMENTS = 256;

  /**
   * A path that all see alike: decoded, relative to the context, beginning with a slash, without
   * dot segments, double slashes or control characters.
   *
   * @param path what rules are matched against
   */
  record Canonical(String path) implements RequestPath {
    /** Checks that it is there. */
    public Canonical {
      Objects.requireNonNull(path, "path");
    }

    /** The one percent-encoded form of the path: {@link #of} on it gives this path again. */
    String encoded() {
      return encode(path);
    }
  }

  /**
   * A folder, in place of which the container serves a file inside it, such as {@code index.html}.
   * What is asked for is the folder and what is served is the file, so rules are matched against
   * both. Tomcat resolves such files before any filter is asked; others forward to them.
   *
   * @param path the folder, canonical, ending with a slash
   * @param target the file, canonical
   */
  record Welcome(String path, String target) implements RequestPath {
    /** Checks that both are there. */
    public Welcome {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(target, "target");
    }
  }

  /**
   * A path to be answered with 400 before any rule is looked at.
   *
   * @param fault why
   * @param excerpt at most 64 printable characters of what was asked for, safe in a log or header
   */
  record Refused(PathFault fault, String excerpt) implements RequestPath {
    /** Checks that both are there. */
    public Refused {
      Objects.requireNonNull(fault, "fault");
      Objects.requireNonNull(excerpt, "excerpt");
    }
  }

  /**
   * Reads a path.
   *
   * @param rawUri the path as it was sent, as {@code getRequestURI()} gives it, not decoded; for an
   *     include the attribute {@code jakarta.servlet.include.request_uri}
   * @param contextPath the context path, not decoded; empty for the root
   * @param containerPath the servlet path and the path info as the container decoded them, one
   *     after the other; for an include those of the include attributes
   * @param leniency what is let through that is refused otherwise
   */
  static RequestPath of(
      String rawUri, String contextPath, String containerPath, PathLeniency leniency) {
    return isPlain(rawUri, contextPath, containerPath)
        ? new Canonical(containerPath)
        : parse(rawUri, contextPath, containerPath, leniency);
  }

  /** Whether the views are the same text, and nobody can read it otherwise. Most paths are so. */
  private static boolean isPlain(String rawUri, String contextPath, String containerPath) {
    return containerPath.startsWith("/")
        && rawUri.length() == contextPath.length() + containerPath.length()
        && rawUri.startsWith(contextPath)
        && rawUri.endsWith(containerPath)
        && PathParser.isCanonical(rawUri);
  }

  private static RequestPath parse(
      String rawUri, String contextPath, String containerPath, PathLeniency leniency) {
    try {
      List<String> uri = PathParser.parse(rawUri, leniency);
      List<String> context = PathParser.parse(contextPath.isEmpty() ? "/" : contextPath, leniency);
      String path = "/" + String.join("/", PathParser.below(uri, context));
      String view = PathParser.containerView(containerPath, leniency);
      if (view.equals(path)) {
        return new Canonical(path);
      }
      if (isInside(path, view)) {
        return new Welcome(path, view);
      }
      throw new PathRefusedException(PathFault.TWO_VIEWS);
    } catch (PathRefusedException e) {
      return new Refused(e.fault(), excerpt(rawUri));
    }
  }

  /** Whether a path is that of a file, by a plain name, in or below a folder. */
  private static boolean isInside(String folder, String path) {
    return folder.endsWith("/")
        && path.startsWith(folder)
        && path.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\' || c == ';');
  }

  private static String excerpt(String text) {
    StringBuilder safe = new StringBuilder(64);
    for (int i = 0; i < Math.min(64, text.length()); i++) {
      char c = text.charAt(i);
      boolean printable = c > ' ' && c < 0x7f && c != '"' && c != '\\';
      safe.append(printable ? c : '?');
    }
    return safe.toString();
  }

  /** Encodes a decoded path: everything but RFC 3986's {@code pchar}, and the semicolon. */
  private static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/' || PathParser.isPlain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
