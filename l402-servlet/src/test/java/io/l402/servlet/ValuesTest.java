// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "30, PT30S",
    "500ms, PT0.5S",
    "1m0s, PT1M",
    "1h30m15s250ms, PT1H30M15.25S",
    "2d, PT48H",
    "PT30S, PT30S",
    "P1D, PT24H"
  })
  void readsDurations(String text, Duration duration) {
    assertEquals(duration, Values.duration(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-1s",
        "1s ",
        "1.5s",
        "1y",
        "1m x",
        "PT-5S",
        "P",
        "01",
        "1 m",
        "99999999999999999999",
        "999999999999d",
        "PT999999999999999H",
        "1s1s1s1sx"
      })
  void refusesWhatIsNoDurationOrTooLong(String text) {
    assertThrows(IllegalArgumentException.class, () -> Values.duration(text));
  }

  @Test
  void readsRates() {
    assertEquals(new Rate(50, Duration.ofSeconds(1), 100), Values.rate("50/1s burst 100"));
    assertEquals(Rate.of(10, Duration.ofMinutes(1)), Values.rate("10/1m"));
    assertEquals(Rate.of(10, Duration.ofSeconds(7)), Values.rate("10/7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10/",
        "/1m",
        "0/1m",
        "10/0",
        "10/1m burst 0",
        "10/1m burst",
        "-1/1m",
        "10/367d",
        "9999999999/1s",
        "10/1m burst 1 x"
      })
  void refusesWhatIsNoRate(String text) {
    assertThrows(IllegalArgumentException.class, () -> Values.rate(text));
  }

  @Test
  void expandsTheHomeDirectoryAtTheStartOnly() {
    assertEquals(System.getProperty("user.home") + "/x", Values.expandHome("~/x"));
    assertEquals("/~/x", Values.expandHome("/~/x"));
    assertEquals("~x", Values.expandHome("~x"));
  }

  @ParameterizedTest
  @CsvSource({
    "enbled, enabled, 1",
    "prcie, price, 1",
    "a, a, 0",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void countsTheChangesBetweenKeys(String a, String b, int changes) {
    assertEquals(changes, NearestKey.distance(a, b));
    assertEquals(changes, NearestKey.distance(b, a));
  }

  @Test
  void guessesOnlyWhatIsNear() {
    assertEquals(Optional.of("price"), NearestKey.of("prices", List.of("tier", "price")));
    assertEquals(Optional.empty(), NearestKey.of("x", List.of("tier", "price")));
    assertEquals(Optional.empty(), NearestKey.of("p".repeat(1 << 20), List.of("price")));
  }
}
