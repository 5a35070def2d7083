// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The paths in which a regular expression is found. */
final class PathExpression implements PathPattern {
  /** What makes an expression take less, not more, when case does not count. */
  private static final List<String> NARROWING = List.of("[^", "[:^", "\\P", "\\p", "(?");

  private static final java.util.regex.Pattern LITERAL_START =
      java.util.regex.Pattern.compile("\\^([A-Za-z0-9/_-]*)(?![?*+{])");

  private final String text;
  private final boolean fromStart;
  private final Pattern exact;
  private final Pattern anyCase;
  private final boolean widens;
  private final String start;

  PathExpression(String text, boolean fromStart) {
    this.text = text;
    this.fromStart = fromStart;
    exact = Pattern.compile(text);
    anyCase = Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    widens = NARROWING.stream().noneMatch(text.replace("(?:", "(")::contains);
    start = widens ? literalStart(text) : "";
  }

  /** What every path must begin with, in any case: most paths need no expression to be told. */
  private static String literalStart(String text) {
    var literal = LITERAL_START.matcher(text);
    return text.indexOf('|') < 0 && literal.lookingAt() ? literal.group(1) : "";
  }

  /** The same, but found at the start of a path only, whichever branch of it. */
  PathExpression fromStart() {
    return new PathExpression(text, true);
  }

  @Override
  public boolean exactly(String path) {
    return found(exact, path);
  }

  private boolean found(Pattern pattern, String path) {
    if (!path.regionMatches(true, 0, start, 0, start.length())) {
      return false;
    }
    return fromStart ? pattern.matcher(path).lookingAt() : pattern.matcher(path).find();
  }

  @Override
  public boolean generously(String path) {
    boolean simple = widens && PathSpellings.isAscii(path) && !PathSpellings.hasTrailing(path);
    return simple
        ? found(anyCase, PathSpellings.withoutSlash(path))
            || found(anyCase, PathSpellings.withSlash(path))
        : anySpelling(path);
  }

  private boolean anySpelling(String path) {
    for (String spelling : spellings(path)) {
      if (found(exact, spelling) || found(anyCase, spelling)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> spellings(String path) {
    Set<String> spellings = new LinkedHashSet<>();
    Stream.of(path, PathSpellings.bare(path), PathSpellings.lower(path))
        .flatMap(s -> Stream.of(s, PathSpellings.withoutSlash(s), PathSpellings.withSlash(s)))
        .forEach(spellings::add);
    return spellings;
  }

  @Override
  public String toString() {
    return text;
  }
}
