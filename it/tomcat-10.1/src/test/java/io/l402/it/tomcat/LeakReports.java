// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Tomcat says when it stops an application that leaves something behind. */
final class LeakReports extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("org.apache.catalina.loader");
  private final Logger loaders =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
  private final Level before = loaders.getLevel();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** Listens from now on. */
  LeakReports() {
    loaders.setLevel(Level.WARNING);
    logger.addHandler(this);
  }

  /** All that was said so far. */
  List<String> seen() {
    return seen;
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      seen.add(text(entry));
    }
  }

  /** Tomcat has put the names in already, as a rule. */
  private static String text(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    return parameters == null
        ? entry.getMessage()
        : new MessageFormat(entry.getMessage(), Locale.ROOT).format(parameters);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    loaders.setLevel(before);
  }
}
