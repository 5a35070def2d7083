// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;

/** Makes {@code backend: lnd}. */
public final class LndBackendProvider implements LightningBackendProvider {
  /** For {@link java.util.ServiceLoader}. */
  public LndBackendProvider() {}

  @Override
  public String name() {
    return "lnd";
  }

  @Override
  public LightningBackend create(BackendSettings settings) {
    throw new UnsupportedOperationException();
  }
}
