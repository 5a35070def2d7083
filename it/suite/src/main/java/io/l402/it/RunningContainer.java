// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

/** A container that serves. */
public interface RunningContainer extends AutoCloseable {
  /** The port on 127.0.0.1. */
  int port();

  /** Undeploys the application and stops the container. */
  @Override
  void close();
}
