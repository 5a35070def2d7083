// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.lightning.BackendSettings;
import io.l402.lightning.Capability;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads which node is paid, and where the keys to its tokens are kept. */
final class BackendReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern REALM = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final String LND = "lnd";
  private static final List<String> CERTIFICATES = List.of("tlspath", "tlscert");
  private static final List<String> MACAROONS = List.of("macaroonpath", "macaroonhex", "macdir");

  private final Section section;
  private final Section authenticator;
  private final HeaderValues values;
  private final L402ConfigBuilder given;

  BackendReader(Section section, HeaderValues values, L402ConfigBuilder given) {
    this.section = section;
    this.authenticator = section.section("authenticator");
    this.values = values;
    this.given = given;
  }

  /**
   * The backend.
   *
   * @param needed whether any service is paid for
   * @param challenges what the backend may want to know of challenges
   */
  BackendChoice backend(boolean needed, ChallengeSettings challenges) {
    Map<String, String> settings = settings();
    Optional<String> name =
        section.value("backend", BackendReader::name).or(() -> implied(settings));
    Optional<LightningBackend> instance = Optional.ofNullable(given.backend);
    checkDisabled(needed);
    checkOneOf(CERTIFICATES);
    checkOneOf(MACAROONS);
    if (instance.isPresent() && section.has("backend")) {
      section.fault("backend", "a backend is given in code as well; give one of them");
    }
    if (needed && instance.isEmpty() && !section.has("backend") && name.isEmpty()) {
      section.fault("backend", "missing: a service is paid for, so a node is needed, such as lnd");
    }
    boolean simulated =
        instance.isPresent() ? given.simulated : name.equals(Optional.of(BackendChoice.SIMULATED));
    checkStrict(instance);
    settings.put("invoiceexpiry", challenges.invoiceExpiry().toString());
    settings.put("backenddeadline", challenges.backendDeadline().toString());
    return new BackendChoice(
        instance,
        instance.isPresent() ? Optional.empty() : name,
        BackendSettings.of(settings),
        simulated);
  }

  /** The keys, which are only missing if a service is paid for with real money. */
  KeySettings keys(boolean needed, boolean simulated) {
    checkMasterKeys(needed, simulated);
    if (simulated && section.has("settlementcursorfile")) {
      section.fault(
          "settlementcursorfile", "a simulated node forgets its payments: there is no going on");
    }
    return new KeySettings(
        section.value("masterkeyfile", Values::path),
        section.value("realm", "", BackendReader::realm),
        section.value("revocationfile", Values::path),
        section.value("settlementcursorfile", Values::path),
        Optional.ofNullable(given.rootKeyStore),
        Optional.ofNullable(given.revocationList));
  }

  private void checkMasterKeys(boolean needed, boolean simulated) {
    boolean file = section.has("masterkeyfile");
    if (simulated && file) {
      section.fault(
          "masterkeyfile", "a simulated node draws its own key, lest it sell real tokens");
    }
    if (file && given.rootKeyStore != null) {
      section.fault("masterkeyfile", "a root key store is given in code as well; give one of them");
    }
    if (needed && !simulated && !file && given.rootKeyStore == null) {
      section.fault(
          "masterkeyfile", "missing: a real node needs a file for the keys of its tokens");
    }
  }

  private void checkDisabled(boolean needed) {
    if (authenticator.flag("disable", false) && needed) {
      authenticator.fault("disable", "a service is paid for; say auth: off there to give it away");
    }
  }

  /** Which of two would be taken is nothing to guess about. */
  private void checkOneOf(List<String> keys) {
    List<String> found = keys.stream().filter(section::has).toList();
    found.stream()
        .skip(1)
        .forEach(key -> section.fault(key, found.get(0) + " is there as well; give one of them"));
  }

  private void checkStrict(Optional<LightningBackend> instance) {
    boolean cannot =
        instance.isPresent() && !instance.get().capabilities().contains(Capability.LOOKUP);
    if (cannot && section.flag("strictverify", false)) {
      section.fault("strictverify", "the backend cannot look up invoices");
    }
  }

  private static Optional<String> implied(Map<String, String> settings) {
    return settings.containsKey("lndhost") ? Optional.of(LND) : Optional.empty();
  }

  private Map<String, String> settings() {
    Map<String, String> settings =
        new LinkedHashMap<>(section.map("backendsettings", entry -> expand(entry.getValue())));
    put(settings, "lndhost", this::expand);
    CERTIFICATES.forEach(key -> put(settings, key, this::expand));
    MACAROONS.forEach(key -> put(settings, key, this::expand));
    put(settings, "network", BackendReader::network);
    put(settings, "private", text -> Boolean.toString(Values.flag(text)));
    return settings;
  }

  private void put(Map<String, String> settings, String key, Function<String, String> parser) {
    section.value(key, parser).ifPresent(value -> settings.put(key, value));
  }

  private String expand(String text) {
    return Values.expandHome(values.expand(text));
  }

  private static String network(String text) {
    return Network.byName(text)
        .map(Network::toString)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected mainnet, testnet, signet, regtest or simnet"));
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("expected the name of a backend, such as lnd");
    }
    return text;
  }

  private static String realm(String text) {
    if (!REALM.matcher(text).matches()) {
      throw new IllegalArgumentException("expected 1 to 128 of printable ASCII without blanks");
    }
    return text;
  }
}
