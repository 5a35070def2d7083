// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AuthLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which requests are for a service, and which of them pass unpaid. */
final class MatcherReader {
  private static final String WORDS = "[,\\s]+";

  private final Section section;

  MatcherReader(Section section) {
    this.section = section;
  }

  /** The matcher; what is wrong with it is collected. */
  ServiceMatcher read() {
    String unanchored = section.value("unanchored", "refuse", MatcherReader::unanchored);
    boolean allow = unanchored.equals("allow");
    List<PathPattern> free = new ArrayList<>();
    free.addAll(
        section.list(
            "authwhitelistpaths", "\\s+", allow ? PathValues::regex : PathValues::anchored));
    free.addAll(section.list("freepaths", WORDS, text -> PathPattern.of(PathValues.glob(text))));
    List<PathPattern> skip =
        section.list("authskipinvoicecreationpaths", "\\s+", PathValues::regex);
    if (!allow) {
      warnIfGivenAwayAnywhere();
    }
    return new ServiceMatcher(hosts(), paths(section), free, skip);
  }

  private void warnIfGivenAwayAnywhere() {
    boolean off = section.value("auth", AuthLevel.ON, AuthLevel::parse) == AuthLevel.OFF;
    if (off && section.text("pathregexp").filter(text -> !text.startsWith("^")).isPresent()) {
      section.warn("pathregexp", "without ^ it is found anywhere in a path, and gives that away");
    }
  }

  private static String unanchored(String text) {
    if (!text.equals("allow") && !text.equals("refuse")) {
      throw new IllegalArgumentException("expected allow or refuse");
    }
    return text;
  }

  private HostPattern hosts() {
    List<String> names = section.list("host", WORDS, HostNames::parse);
    Optional<HostPattern> regex = section.value("hostregexp", HostNames::regex);
    if (section.has("host") && section.has("hostregexp")) {
      section.fault("host", "there is a hostregexp as well; give one of them");
    }
    return regex.orElse(names.isEmpty() ? HostPattern.ANY : HostPattern.of(names));
  }

  /** The paths of a service, or of a rate limit. */
  static PathPattern paths(Section section) {
    List<String> globs = section.list("paths", WORDS, PathValues::glob);
    PathPattern regex = section.value("pathregexp", PathPattern.ALL, PathValues::regex);
    if (section.has("paths") && section.has("pathregexp")) {
      section.fault("paths", "there is a pathregexp as well; give one of them");
    }
    return globs.isEmpty() ? regex : PathValues.globs(globs);
  }
}
