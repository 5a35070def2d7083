// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402ConfigException;
import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;
import io.l402.lightning.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes {@code backend: lnd} of {@code lndhost}; {@code tlspath} or {@code tlscert}, or neither for
 * a certificate that the platform trusts; one of {@code macaroonpath}, {@code macaroonhex} and
 * {@code macdir} (the folder with {@code invoice.macaroon}, as aperture has it); {@code network};
 * {@code invoiceexpiry}; {@code private}; {@code servername}.
 */
public final class LndBackendProvider implements LightningBackendProvider {
  /** The file that aperture takes from {@code macdir}. */
  private static final String MACAROON_FILE = "invoice.macaroon";

  private static final List<String> KEYS =
      List.of(
          "lndhost",
          "tlspath",
          "tlscert",
          "macaroonpath",
          "macaroonhex",
          "macdir",
          "network",
          "invoiceexpiry",
          "backenddeadline",
          "private",
          "servername");

  /** For {@link java.util.ServiceLoader}. */
  public LndBackendProvider() {}

  @Override
  public String name() {
    return "lnd";
  }

  /**
   * Makes it, without waiting for the node.
   *
   * @throws L402ConfigException naming every setting that is missing or wrong
   */
  @Override
  public LightningBackend create(BackendSettings settings) {
    return LndBackend.connect(new Reader(settings).read());
  }

  /** Collects the faults, so that all are told at once. */
  private static final class Reader {
    private final BackendSettings settings;
    private final List<String> faults = new ArrayList<>();

    Reader(BackendSettings settings) {
      this.settings = settings;
    }

    LndSettings read() {
      settings.names().stream()
          .filter(name -> !KEYS.contains(name))
          .sorted()
          .forEach(name -> faults.add(name + ": unknown; there are " + String.join(", ", KEYS)));
      LndSettingsBuilder builder = begin();
      certificate(builder);
      macaroon(builder);
      set("network", text -> builder.network(network(text)));
      set("invoiceexpiry", text -> builder.invoiceExpiry(Duration.parse(text)));
      set("backenddeadline", text -> builder.deadline(Duration.parse(text)));
      set("private", text -> builder.privateChannels(flag(text)));
      set("servername", builder::serverName);
      if (!faults.isEmpty()) {
        throw new L402ConfigException("backend lnd: " + String.join("; ", faults));
      }
      return builder.build();
    }

    private LndSettingsBuilder begin() {
      LndSettingsBuilder[] builder = {LndSettings.builder("localhost")};
      if (settings.get("lndhost").isEmpty()) {
        faults.add("lndhost: missing; where lnd listens for gRPC, such as localhost:10009");
      }
      set("lndhost", text -> builder[0] = LndSettings.builder(text));
      return builder[0];
    }

    private void certificate(LndSettingsBuilder builder) {
      atMostOne("tlspath", "tlscert");
      set("tlspath", text -> builder.tlsCertificate(Path.of(text)));
      set("tlscert", builder::tlsCertificate);
    }

    private void macaroon(LndSettingsBuilder builder) {
      atMostOne("macaroonpath", "macaroonhex", "macdir");
      set("macaroonpath", text -> builder.macaroon(Path.of(text)));
      set("macaroonhex", builder::macaroonHex);
      set("macdir", text -> builder.macaroon(Path.of(text).resolve(MACAROON_FILE)));
      if (builder.macaroon == null) {
        faults.add("macaroonpath, macdir or macaroonhex: missing; lnd answers to a macaroon only");
      }
    }

    private void atMostOne(String... keys) {
      List<String> given = Stream.of(keys).filter(key -> settings.get(key).isPresent()).toList();
      if (given.size() > 1) {
        faults.add(String.join(" and ", given) + ": give one of them");
      }
    }

    private void set(String key, Consumer<String> setting) {
      Optional<String> value = settings.get(key);
      try {
        value.ifPresent(setting);
      } catch (RuntimeException e) {
        faults.add(key + ": " + e.getMessage());
      }
    }

    private static Network network(String text) {
      return Network.byName(text)
          .orElseThrow(() -> new IllegalArgumentException("not the name of a network"));
    }

    private static boolean flag(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("expected true or false");
      };
    }
  }
}
