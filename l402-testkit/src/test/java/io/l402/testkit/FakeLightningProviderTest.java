// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FakeLightningProviderTest {
  @Test
  void isFoundByTheNameThatConfigurationSays() {
    List<LightningBackendProvider> found =
        ServiceLoader.load(LightningBackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals("simulated"))
            .toList();
    assertEquals(1, found.size());
    try (LightningBackend backend = found.get(0).create(BackendSettings.of(Map.of()))) {
      assertInstanceOf(FakeLightning.class, backend);
    }
  }
}
