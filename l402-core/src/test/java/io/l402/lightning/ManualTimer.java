// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time passes when a test says so. */
final class ManualTimer implements DeadlineTimer {
  private final List<Entry> entries = new ArrayList<>();
  private Duration now = Duration.ZERO;
  boolean closed;

  private record Entry(Duration at, Runnable work) {}

  @Override
  public Runnable after(Duration delay, Runnable work) {
    Entry entry = new Entry(now.plus(delay), work);
    entries.add(entry);
    return () -> entries.removeIf(other -> other == entry);
  }

  @Override
  public void close() {
    closed = true;
    entries.clear();
  }

  int waiting() {
    return entries.size();
  }

  void advance(Duration by) {
    now = now.plus(by);
    for (Entry entry : List.copyOf(entries)) {
      if (entry.at().compareTo(now) <= 0 && entries.remove(entry)) {
        entry.work().run();
      }
    }
  }
}
