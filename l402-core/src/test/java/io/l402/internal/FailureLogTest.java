// SPDX-License-Identifier: Apache-2.0
package io.l402.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.keys.RootKeyStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private final List<String> entries = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailureLog log = new FailureLog(new Recorder(entries), now::get);

  private void fail(String what, Throwable failure) {
    log.failed(System.Logger.Level.ERROR, what, failure);
  }

  @Test
  void speaksOnceAMinuteOfEachKind() {
    fail("a", new IllegalStateException("one"));
    fail("a", new IllegalStateException("two"));
    fail("a", new IllegalArgumentException("three"));
    fail("b", new IllegalStateException("four"));
    fail("b", null);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    fail("a", new IllegalStateException("five"));
    assertEquals(
        List.of(
            "a IllegalStateException",
            "a IllegalArgumentException",
            "b IllegalStateException",
            "b"),
        entries);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    fail("a", new IllegalStateException("six"));
    fail("a", new IllegalStateException("seven"));
    assertEquals(5, entries.size());
  }

  @Test
  void saysHowManyOfAKindItLeftOut() {
    for (int i = 0; i < 1_000; i++) {
      fail("a", new IllegalStateException("disk"));
      fail("b", new RootKeyStoreException("the store is closed", null));
    }
    fail("b", null);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    fail("a", new IllegalStateException("disk"));
    fail("b", new RootKeyStoreException("the store is closed", null));
    fail("b", null);
    String more = " (and 999 others since the last such line)";
    assertEquals(
        List.of("a" + more + " IllegalStateException", "b: the store is closed" + more, "b"),
        entries.subList(3, 6));
  }

  @Test
  void printsNoStackTraceOfWhatThisLibrarySaysItself() {
    fail("a", new RootKeyStoreException("the store is closed", null));
    assertEquals(List.of("a: the store is closed"), entries);
  }

  @Test
  void holdsABoundedNumberOfKinds() {
    for (int i = 0; i < 1_000; i++) {
      fail("kind " + i, null);
    }
    assertEquals(101, entries.size());
  }

  private record Recorder(List<String> entries) implements System.Logger {
    @Override
    public String getName() {
      return "recorder";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      entries.add(message + (thrown == null ? "" : " " + thrown.getClass().getSimpleName()));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      entries.add(format);
    }
  }
}
