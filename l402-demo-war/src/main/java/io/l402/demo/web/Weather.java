// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What 10 sat buy: the weather where the equator meets the prime meridian. It is made up. */
final class Weather implements Function<HttpServletRequest, String> {
  private static final List<String> SKIES =
      List.of("clear", "a few clouds", "hazy sun", "showers", "thunder by evening");

  private final Clock clock;

  Weather(Clock clock) {
    this.clock = clock.withZone(ZoneOffset.UTC);
  }

  /** A forecast that stays the same all day. */
  @Override
  public String apply(HttpServletRequest request) {
    LocalDate day = LocalDate.now(clock);
    SplittableRandom dice = new SplittableRandom(day.toEpochDay());
    return String.format(
        Locale.ROOT,
        "{\"place\":\"Null Island\",\"day\":\"%s\",\"sky\":\"%s\",\"celsius\":%d,\"knots\":%d}\n",
        day,
        SKIES.get(dice.nextInt(SKIES.size())),
        dice.nextInt(24, 31),
        dice.nextInt(3, 22));
  }
}
