// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final AtomicLong now = new AtomicLong();
  private final Backoff backoff = new Backoff(now::get);

  @Test
  void doublesUpToHalfAMinute() {
    for (long most : new long[] {500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000}) {
      backoff.opened();
      assertWithin(most);
    }
  }

  @Test
  void beginsAnewOnceSomethingWasHeard() {
    backoff.next();
    backoff.next();
    backoff.heard();
    assertWithin(500);
  }

  @Test
  void beginsAnewAfterAQuietMinute() {
    backoff.next();
    backoff.next();
    backoff.opened();
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertWithin(500);
  }

  @Test
  void goesOnAfterAnOpenThatDidNotLast() {
    backoff.next();
    backoff.next();
    backoff.opened();
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertWithin(2000);
  }

  private void assertWithin(long mostMillis) {
    long millis = backoff.next().toMillis();
    assertTrue(millis >= mostMillis / 2 && millis <= mostMillis, millis + " of " + mostMillis);
  }
}
