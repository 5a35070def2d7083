// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bouncycastle.math.ec.ECCurve;
import org.junit.jupiter.api.Test;

/** The other tests run on the class path; this one shows that the module works as a module. */
class ModulePathTest {
  @Test
  void resolvesAndRunsAsANamedModule() throws Exception {
    ModuleFinder finder =
        ModuleFinder.of(locationOf(MilliSatoshi.class), locationOf(ECCurve.class));
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of("io.l402"));
    ModuleLayer layer =
        ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
            .layer();
    Class<?> type = layer.findLoader("io.l402").loadClass("io.l402.MilliSatoshi");
    assertTrue(type.getModule().isNamed());
    assertEquals("io.l402", type.getModule().getName());
    Object ten = type.getMethod("ofSat", long.class).invoke(null, 10L);
    assertEquals("10sat", ten.toString());
  }

  private static Path locationOf(Class<?> type) throws Exception {
    URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(location);
  }
}
