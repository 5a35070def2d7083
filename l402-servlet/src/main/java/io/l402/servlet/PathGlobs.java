// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;

/** Exact paths and prefixes. Compared letter by letter: no request runs an expression for them. */
final class PathGlobs implements PathPattern {
  private record Glob(String path, boolean prefix) {
    static Glob of(String text) {
      boolean prefix = text.endsWith("/*");
      return new Glob(prefix ? text.substring(0, text.length() - 2) : text, prefix);
    }

    boolean takes(String other, boolean ignoreCase) {
      boolean begins = other.regionMatches(ignoreCase, 0, path, 0, path.length());
      boolean ends =
          other.length() == path.length()
              || prefix && other.length() > path.length() && other.charAt(path.length()) == '/';
      return begins && ends;
    }

    @Override
    public String toString() {
      return prefix ? path + "/*" : path;
    }

    /** In any case, and with or without a slash at its end. */
    boolean takesAnyCase(String other) {
      return takes(other, true)
          || takes(PathSpellings.withoutSlash(other), true)
          || takes(PathSpellings.withSlash(other), true);
    }
  }

  private final List<Glob> globs;

  PathGlobs(List<String> paths) {
    globs = paths.stream().map(Glob::of).toList();
  }

  @Override
  public boolean exactly(String path) {
    for (Glob glob : globs) {
      if (glob.takes(path, false)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean generously(String path) {
    return anyCase(path)
        || PathSpellings.hasTrailing(path) && anyCase(PathSpellings.bare(path))
        || !PathSpellings.isAscii(path) && anyCase(PathSpellings.lower(path));
  }

  private boolean anyCase(String path) {
    for (Glob glob : globs) {
      if (glob.takesAnyCase(path)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return globs.toString();
  }
}
