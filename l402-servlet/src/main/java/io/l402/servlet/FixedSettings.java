// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a filter cannot change while it runs: all but the services, {@code hosts} and {@code
 * unmatched}.
 */
final class FixedSettings {
  /** What a backend is made from, under the names of keys. */
  private static final List<String> OF_BACKEND =
      List.of(
          "lndhost",
          "tlspath",
          "tlscert",
          "macaroonpath",
          "macaroonhex",
          "macdir",
          "network",
          "private",
          "invoiceexpiry",
          "backenddeadline");

  private static final Map<String, Function<L402Config, Object>> SETTINGS = settings();

  private FixedSettings() {}

  /**
   * Refuses a configuration that differs from the one a filter was started with.
   *
   * @throws L402ConfigException naming the keys that differ, not their values
   */
  static void check(L402Config started, L402Config next) {
    List<String> differing = new ArrayList<>();
    SETTINGS.forEach(
        (key, value) -> {
          if (!Objects.equals(value.apply(started), value.apply(next))) {
            differing.add(key);
          }
        });
    boolean backend = started.backend().settings().equals(next.backend().settings());
    if (!backend && OF_BACKEND.stream().noneMatch(differing::contains)) {
      differing.add("backendsettings");
    }
    if (!differing.isEmpty()) {
      throw new L402ConfigException(
          "only services, hosts and unmatched can change while the filter runs; these differ and"
              + " need a restart: "
              + String.join(", ", differing));
    }
  }

  private static Map<String, Function<L402Config, Object>> settings() {
    Map<String, Function<L402Config, Object>> settings = new LinkedHashMap<>();
    settings.put(
        "backend",
        c -> List.of(c.backend().instance(), c.backend().name(), c.backend().simulated()));
    OF_BACKEND.forEach(key -> settings.put(key, c -> c.backend().settings().get(key)));
    keys(settings);
    challenges(settings);
    edge(settings);
    settings.put("strictverify", L402Config::strictVerify);
    settings.put("strictcaveats", L402Config::strictCaveats);
    settings.put("freebiewindow", L402Config::freebieWindow);
    settings.put("listener", c -> c.extensions().listener());
    settings.put("satisfier", c -> c.extensions().satisfiers());
    settings.put("clock", c -> c.extensions().clock());
    return settings;
  }

  private static void keys(Map<String, Function<L402Config, Object>> settings) {
    settings.put("masterkeyfile", c -> c.keys().masterKeyFile());
    settings.put("rootKeyStore", c -> c.keys().rootKeyStore());
    settings.put("realm", c -> c.keys().realm());
    settings.put("revocationfile", c -> c.keys().revocationFile());
    settings.put("revocationList", c -> c.keys().revocationList());
    settings.put("settlementcursorfile", c -> c.keys().settlementCursorFile());
  }

  private static void challenges(Map<String, Function<L402Config, Object>> settings) {
    settings.put("legacychallenge", c -> c.challenges().format().legacyChallenge());
    settings.put("tokenparameter", c -> c.challenges().format().tokenParameter());
    settings.put("invalidcredential", c -> c.challenges().invalidCredentialStatus());
    settings.put("maxinflight", c -> c.challenges().maxInFlight());
    settings.put("challengelimits", c -> c.challenges().limits());
  }

  private static void edge(Map<String, Function<L402Config, Object>> settings) {
    settings.put("trustedproxies", c -> c.edge().trustedProxies().toString());
    settings.put("blocklist", c -> c.edge().blocklist().toString());
    settings.put("publichost", c -> c.edge().publicHost());
    settings.put("methods", c -> c.edge().methods());
    settings.put("allowpathparameters", c -> c.edge().paths().allowPathParameters());
    settings.put("mergeslashes", c -> c.edge().paths().mergeSlashes());
    settings.put("allowencodedpercent", c -> c.edge().paths().allowEncodedPercent());
    settings.put("cors", c -> c.edge().cors());
    settings.put("drainlimit", c -> c.edge().drainLimit());
  }
}
