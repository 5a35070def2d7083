// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.L402ConfigException;

/** Finds a backend by the name it has in configuration, through {@link java.util.ServiceLoader}. */
public interface LightningBackendProvider {
  /** The name, in lower case: what {@code backend:} says. */
  String name();

  /**
   * Makes the backend. It does not wait for the node: a node that is down is no error.
   *
   * @param settings its own settings and what it may need of the others
   * @throws L402ConfigException if the settings do not do; the message names each of them
   */
  LightningBackend create(BackendSettings settings);
}
