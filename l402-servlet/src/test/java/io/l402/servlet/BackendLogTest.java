// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.lightning.LightningException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class BackendLogTest {
  private final List<LogRecord> entries = new ArrayList<>();
  private final Logger logger = Logger.getLogger(L402Filter.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          entries.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Test
  void speaksOnceAMinuteAtMost() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    BackendLog log = new BackendLog(now::get);
    LightningException failure =
        new LightningException(LightningException.Kind.RETRYABLE, "expected by a test");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      log.failed(failure);
      log.failed(failure);
      now.addAndGet(Duration.ofSeconds(59).toNanos());
      log.failed(failure);
      assertEquals(1, entries.size());
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      log.failed(failure);
      assertEquals(2, entries.size());
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }
}
