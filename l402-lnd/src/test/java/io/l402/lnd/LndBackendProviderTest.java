// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackendProvider;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LndBackendProviderTest {
  @TempDir Path folder;

  @Test
  void isFoundByName() {
    assertTrue(
        ServiceLoader.load(LightningBackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .anyMatch(provider -> provider.name().equals("lnd")));
  }

  @Test
  void namesEverythingThatIsMissing() {
    String message = refusal(Map.of());
    assertTrue(message.contains("lndhost: missing"), message);
    assertTrue(message.contains("macaroonpath, macdir or macaroonhex: missing"), message);
  }

  @Test
  void namesEverythingThatIsWrong() {
    String message =
        refusal(
            Map.of(
                "lndhost", "https://node",
                "tlspath", "a",
                "tlscert", "b",
                "macaroonhex", "00",
                "macdir", "c",
                "network", "moon",
                "private", "perhaps"));
    assertTrue(message.contains("lndhost: expected host:port"), message);
    assertTrue(message.contains("tlspath and tlscert: give one of them"), message);
    assertTrue(message.contains("macaroonhex and macdir: give one of them"), message);
    assertTrue(message.contains("network: "), message);
    assertTrue(message.contains("private: expected true or false"), message);
  }

  @Test
  void namesTheFileOfAMacaroonThatIsNotThere() {
    String message = refusal(Map.of("lndhost", "localhost", "macdir", folder.toString()));
    assertTrue(message.contains(folder.resolve("invoice.macaroon").toString()), message);
  }

  @Test
  void namesBothFilesThatCannotBeRead() {
    String message =
        refusal(
            Map.of(
                "lndhost", "localhost",
                "macaroonpath", folder.resolve("no.macaroon").toString(),
                "tlspath", folder.resolve("no.cert").toString()));
    assertTrue(message.contains("no.macaroon"), message);
    assertTrue(message.contains("no.cert"), message);
  }

  @Test
  void refusesSettingsThatItDoesNotKnow() {
    String message = refusal(Map.of("lndhost", "localhost", "servrname", "lnd"));
    assertTrue(message.contains("servrname: unknown; there are lndhost,"), message);
  }

  @Test
  void refusesANameThatIsNoHosts() {
    assertTrue(refusal(Map.of("lndhost", "my_lnd:10009")).contains("no underscore"));
    assertTrue(refusal(Map.of("servername", "foo bar")).contains("servername: expected the name"));
  }

  /** The likeliest mistake there is: the macaroon itself where its path should be. */
  @Test
  void doesNotRepeatAMacaroonThatWasTakenForAPath() {
    String message = refusal(Map.of("lndhost", "localhost", "macaroonpath", "0201".repeat(50)));
    assertFalse(message.contains("02010201"), message);
    assertTrue(message.contains("macaroonpath: this is no path but hex"), message);
  }

  @Test
  void doesNotRepeatAMacaroonThatIsNone() {
    String secret = "0201deadbeef5ec2e7";
    String message = refusal(Map.of("lndhost", "localhost", "macaroonhex", secret + "zz"));
    assertFalse(message.contains("deadbeef"), message);
    assertFalse(
        refusal(Map.of("lndhost", "localhost", "macaroonhex", secret)).contains("deadbeef"));
  }

  @Test
  void refusesACertificateThatIsNone() throws Exception {
    byte[] identifier = {3};
    Macaroon any = Macaroon.mint(RootKey.of(new byte[32]), "lnd", identifier, List.of());
    String hex = HexFormat.of().formatHex(any.toByteArray());
    Path file = Files.writeString(folder.resolve("tls.cert"), "not a certificate");
    String message =
        refusal(Map.of("lndhost", "localhost", "tlspath", file.toString(), "macaroonhex", hex));
    assertTrue(message.contains(file.toString()), message);
  }

  @Test
  void printsNoMacaroon() {
    LndSettings settings = LndSettings.builder("localhost").macaroonHex("0201feed").build();
    assertEquals("LndSettings[localhost:10009, mainnet, macaroon hex]", settings.toString());
  }

  private static String refusal(Map<String, String> settings) {
    return assertThrows(
            L402ConfigException.class,
            () -> new LndBackendProvider().create(BackendSettings.of(settings)))
        .getMessage();
  }
}
