// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.ChallengeFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what concerns every service; the services are read by {@link ServicesReader}. */
final class ConfigReader {
  private static final String WORDS = "[,\\s]+";
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/?#@\\s]{1,259}");
  private static final Duration MIN_EXPIRY = Duration.ofSeconds(60);
  private static final Duration MAX_EXPIRY = Duration.ofDays(7);

  private final Section section;

  ConfigReader(Section section) {
    this.section = section;
  }

  /** Refuses keys that do not exist, and reports those that do not apply here. */
  void checkKeys() {
    section.refuseUnknown(ConfigKeys.CONTAINER);
    Section authenticator = section.section("authenticator");
    authenticator.refuseUnknown(ConfigKeys.CONTAINER);
    List<String> idle =
        Stream.of(section, authenticator)
            .flatMap(s -> s.writtenAmong(ConfigKeys.CONTAINER).stream())
            .toList();
    if (!idle.isEmpty()) {
      section.warnAll("not applicable here, ignored: " + String.join(", ", idle));
    }
  }

  EdgeSettings edge() {
    return new EdgeSettings(
        section.list("trustedproxies", WORDS, AddressRange::parse),
        section.list("blocklist", WORDS, AddressRange::parse),
        section.value("publichost", HostNames::parse),
        Set.copyOf(section.list("methods", WORDS, ConfigReader::method)),
        new PathLeniency(
            section.flag("allowpathparameters", false),
            section.flag("mergeslashes", false),
            section.flag("allowencodedpercent", false)),
        cors(),
        section.value("drainlimit", 1L << 20, text -> Values.integer(text, 0, 1L << 40)));
  }

  Set<String> hosts() {
    return Set.copyOf(section.list("hosts", WORDS, HostNames::parse));
  }

  Unmatched unmatched(Unmatched fallback) {
    return section.value("unmatched", fallback, ConfigReader::unmatched);
  }

  boolean strictVerify() {
    return section.flag("strictverify", false);
  }

  boolean strictCaveats() {
    return section.flag("strictcaveats", false);
  }

  Duration freebieWindow() {
    return section.value(
        "freebiewindow",
        Duration.ofHours(24),
        text -> Values.duration(text, Duration.ofSeconds(1), Duration.ofDays(366)));
  }

  ChallengeSettings challenges() {
    return new ChallengeSettings(
        new ChallengeFormat(
            section.flag("legacychallenge", true), section.flag("tokenparameter", true)),
        section.value("invalidcredential", 402, ConfigReader::invalidCredential),
        section.value(
            "invoiceexpiry",
            Duration.ofMinutes(10),
            text -> Values.duration(text, MIN_EXPIRY, MAX_EXPIRY)),
        section.value(
            "backenddeadline",
            Duration.ofSeconds(2),
            text -> Values.duration(text, Duration.ofMillis(100), Duration.ofMinutes(1))),
        section.value("maxinflight", 32, text -> (int) Values.integer(text, 1, 10_000)),
        challengeLimits());
  }

  private ChallengeLimits challengeLimits() {
    if (isOff("challengelimits")) {
      section.warn("challengelimits", "anybody can make the node create any number of invoices");
      return ChallengeLimits.OFF;
    }
    Section limits = section.section("challengelimits");
    limits.refuseUnknown(Set.of());
    return new ChallengeLimits(
        limit(limits, "client", ChallengeLimits.DEFAULT.client()),
        limit(limits, "network", ChallengeLimits.DEFAULT.network()),
        limit(limits, "total", ChallengeLimits.DEFAULT.total()));
  }

  private static Optional<Rate> limit(Section limits, String key, Optional<Rate> fallback) {
    return limits.value(key, fallback, ConfigReader::rateOrOff);
  }

  private static Optional<Rate> rateOrOff(String text) {
    return text.equals("off") ? Optional.empty() : Optional.of(Values.rate(text));
  }

  private Optional<CorsSettings> cors() {
    if (!section.has("cors") || isOff("cors")) {
      return Optional.empty();
    }
    Section cors = section.section("cors");
    cors.refuseUnknown(Set.of());
    List<String> origins = cors.list("origins", WORDS, ConfigReader::origin);
    Duration maxAge =
        cors.value(
            "maxage",
            Duration.ofMinutes(10),
            text -> Values.duration(text, Duration.ZERO, Duration.ofDays(1)));
    if (!cors.has("origins")) {
      cors.fault("origins", "expected origins such as https://shop.example, or *");
    }
    return Optional.of(new CorsSettings(Set.copyOf(origins), maxAge));
  }

  private boolean isOff(String key) {
    return section.has(key)
        && !section.isMapping(key)
        && section.text(key).filter(text -> text.equals("off")).isPresent();
  }

  private static String origin(String text) {
    String origin = text.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException("expected an origin such as https://shop.example, or *");
    }
    if (!origin.equals("*")) {
      HostNames.parse(origin.substring(origin.indexOf("//") + 2));
    }
    return origin;
  }

  private static String method(String text) {
    // It refuses what can never be allowed.
    new RequestMethods(List.of(text));
    return text;
  }

  private static Unmatched unmatched(String text) {
    return switch (text) {
      case "pass" -> Unmatched.PASS;
      case "deny" -> Unmatched.DENY;
      case "404" -> Unmatched.NOT_FOUND;
      default -> throw new IllegalArgumentException("expected pass, deny or 404");
    };
  }

  private static int invalidCredential(String text) {
    if (!text.equals("402") && !text.equals("401")) {
      throw new IllegalArgumentException("expected 402 or 401");
    }
    return Integer.parseInt(text);
  }
}
