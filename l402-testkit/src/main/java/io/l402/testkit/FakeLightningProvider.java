// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;

/** Makes {@code backend: simulated}: a {@link FakeLightning} with a fresh key. */
public final class FakeLightningProvider implements LightningBackendProvider {
  /** For {@link java.util.ServiceLoader}. */
  public FakeLightningProvider() {}

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public LightningBackend create(BackendSettings settings) {
    return FakeLightning.create();
  }
}
