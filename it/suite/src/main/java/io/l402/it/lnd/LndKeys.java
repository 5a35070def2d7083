// SPDX-License-Identifier: Apache-2.0
package io.l402.it.lnd;

import io.l402.lnd.fake.FakeLnd;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration for a node, by the names of its keys. */
public final class LndKeys {
  private LndKeys() {}

  /** All that is needed, with a deadline that no busy machine reaches. */
  public static Map<String, String> of(FakeLnd lnd, Path folder) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("backend", "lnd");
    keys.put("lndhost", lnd.host());
    keys.put("tlspath", lnd.tlsCert().toString());
    keys.put("macaroonpath", lnd.invoiceMacaroon().toString());
    keys.put("network", "regtest");
    keys.put("masterkeyfile", folder.resolve("master.keys").toString());
    keys.put("backenddeadline", "20s");
    return keys;
  }

  /** As the context-params of an application. */
  public static Map<String, String> asParameters(Map<String, String> keys) {
    return keys.entrySet().stream()
        .collect(Collectors.toMap(entry -> "l402." + entry.getKey(), Map.Entry::getValue));
  }

  /** As environment variables. */
  public static Map<String, String> asEnvironment(Map<String, String> keys) {
    return keys.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> "L402_" + entry.getKey().toUpperCase(Locale.ROOT), Map.Entry::getValue));
  }

  /** As the top of a YAML file. */
  static String asYaml(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(entry -> entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
        .collect(Collectors.joining());
  }
}
