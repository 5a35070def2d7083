// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.L402ConfigException;
import io.l402.internal.FailureLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Writes how far a feed has come: at once, and then once a second at most, because a burst of
 * payments must not wait for the disk once for each. A file that cannot be written stops nothing;
 * the next payment tries again.
 */
final class CursorWriter implements AutoCloseable {
  static final Duration REST = Duration.ofSeconds(1);

  private final CursorFile file;
  private final DeadlineTimer timer;
  private final FailureLog failures;
  private final String start;
  private String reached;
  private String tried; // last, whether it went well or not
  private String written;
  private boolean resting;
  private boolean closed;

  /** A writer of a file that says this now; it will close both file and timer. */
  private CursorWriter(CursorFile file, String cursor, DeadlineTimer timer, FailureLog failures) {
    this.file = file;
    this.timer = timer;
    this.failures = failures;
    start = cursor;
    reached = cursor;
    tried = cursor;
    written = cursor;
  }

  /**
   * Takes a file and reads it.
   *
   * @throws L402ConfigException if another feed has it, or if it is damaged
   */
  static CursorWriter open(Path path, DeadlineTimer timer, FailureLog failures) {
    CursorFile file = CursorFile.open(path);
    try {
      return new CursorWriter(file, file.read(), timer, failures);
    } catch (L402ConfigException e) {
      file.close();
      throw e;
    }
  }

  /** What the file said; empty if there was none. */
  String start() {
    return start;
  }

  /** What to say of a node that does not know what the file said. */
  L402ConfigException refused(LightningException why) {
    return file.refused(why);
  }

  /** All payments up to this cursor were told. */
  synchronized void reached(String cursor) {
    reached = cursor;
    if (!resting && !closed && !Objects.equals(reached, written)) {
      write();
      rest();
    }
  }

  private void rest() {
    resting = true;
    timer.after(REST, this::rested);
  }

  private synchronized void rested() {
    resting = false;
    if (!Objects.equals(reached, tried)) {
      reached(reached);
    }
  }

  private void write() {
    tried = reached;
    try {
      file.write(reached);
      written = reached;
    } catch (IOException | RuntimeException e) {
      failures.failed(
          System.Logger.Level.WARNING,
          "settlement cursor file "
              + file
              + ": cannot be written; a restart would tell payments again",
          e);
    }
  }

  /** Writes the last one, and lets go of the file. Closing twice is no error. */
  @Override
  public void close() {
    finish();
    // Not while we are locked: the timer waits for its thread, and that perhaps for us.
    timer.close();
  }

  private synchronized void finish() {
    if (!closed) {
      closed = true;
      if (!Objects.equals(reached, written)) {
        write();
      }
      file.close();
    }
  }
}
