// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import java.util.ServiceLoader;
import java.util.Set;

/** A servlet container that the cases can start. Each container's module registers one. */
public interface TestContainer {
  /** The container on this class path. */
  static TestContainer current() {
    return ServiceLoader.load(TestContainer.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no TestContainer on the class path"));
  }

  /** What it is, for messages. */
  String name();

  /** What it cannot do. */
  default Set<Limit> limits() {
    return Set.of();
  }

  /**
   * Starts an application on a free port of 127.0.0.1, with HTTP/1.1 and cleartext HTTP/2.
   *
   * @throws Exception if the application refuses to start; why is in the chain of causes
   */
  RunningContainer start(WebApplication application) throws Exception;
}
