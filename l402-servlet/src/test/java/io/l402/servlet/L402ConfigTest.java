// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.ChallengeFormat;
import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.gate.AuthLevel;
import io.l402.lightning.BackendSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class L402ConfigTest {
  @TempDir Path folder;

  @Test
  void hasTheDocumentedDefaults() {
    L402Config config = Configs.parameters(Map.of("backend", "simulated"));
    ServiceRule rule = config.services().get(0);
    assertEquals(List.of("default"), config.serviceNames());
    assertEquals(AuthLevel.ON, rule.policy().auth());
    assertEquals(MilliSatoshi.ofSat(1), price(rule));
    assertTrue(rule.matcher().paths().exactly("/anything"));
    assertEquals(Unmatched.PASS, config.unmatched());
    assertTrue(config.isSimulated());
    assertEquals(ChallengeFormat.DEFAULT, config.challenges().format());
    assertEquals(402, config.challenges().invalidCredentialStatus());
    assertEquals(Duration.ofMinutes(10), config.challenges().invoiceExpiry());
    assertEquals(Duration.ofSeconds(2), config.challenges().backendDeadline());
    assertEquals(32, config.challenges().maxInFlight());
    assertEquals(ChallengeLimits.DEFAULT, config.challenges().limits());
    assertEquals(PathLeniency.STRICT, config.edge().paths());
    assertEquals(1 << 20, config.edge().drainLimit());
    assertEquals(Optional.empty(), config.edge().cors());
    assertFalse(config.strictVerify());
    assertFalse(config.strictCaveats());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void givesTheBackendACertificateThatIsWrittenDown() {
    Map<String, String> environment = Map.of("L402_TLSCERT", "MIIB", "L402_PRIVATE", "false");
    BackendSettings settings =
        Configs.yaml("backend: simulated\nservices: [{name: a}]", environment).backend().settings();
    assertEquals(Optional.of("MIIB"), settings.get("tlscert"));
    assertEquals(Optional.of("false"), settings.get("private"));
    String pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    L402Config inCode =
        L402Config.builder()
            .set("backend", "simulated")
            .set("tlscert", pem)
            .service("a", service -> {})
            .build();
    assertEquals(Optional.of(pem), inCode.backend().settings().get("tlscert"));
    assertEquals(Optional.empty(), inCode.backend().settings().get("private"));
  }

  @Test
  void readsEveryGlobalKeyOfAFile() {
    L402Config config =
        Configs.yaml(
            """
            backend: lnd
            lndhost: localhost:10009
            tlspath: /lnd/tls.cert
            macaroonpath: /lnd/invoice.macaroon
            network: regtest
            private: True
            backendsettings: {pool: "3"}
            masterkeyfile: /keys/master
            realm: shop
            revocationfile: /keys/revoked
            settlementcursorfile: /state/cursor
            strictverify: true
            strictcaveats: true
            invalidcredential: 401
            legacychallenge: false
            tokenparameter: false
            invoiceexpiry: 5m
            backenddeadline: 1500ms
            maxinflight: 8
            challengelimits: {client: 5/1m, network: off, total: 20/1s burst 40}
            freebiewindow: 1h
            blocklist: [192.0.2.1, 2001:db8::/32]
            trustedproxies: 10.0.0.0/8, ::1
            publichost: Shop.Example.
            hosts: [shop.example, "shop.example:8443"]
            unmatched: deny
            methods: [PURGE]
            allowpathparameters: true
            mergeslashes: true
            allowencodedpercent: true
            drainlimit: 4096
            cors: {origins: [https://a.example], maxage: 30}
            services: [{name: a}]
            """);
    assertEquals(Optional.of("lnd"), config.backendName());
    assertEquals(Optional.of("localhost:10009"), config.backend().settings().get("lndhost"));
    assertEquals(Optional.of("regtest"), config.backend().settings().get("network"));
    assertEquals(Optional.of("true"), config.backend().settings().get("private"));
    assertEquals(Optional.of("3"), config.backend().settings().get("pool"));
    assertEquals(Optional.of(Path.of("/keys/master")), config.keys().masterKeyFile());
    assertEquals("shop", config.keys().realm());
    assertEquals(Optional.of(Path.of("/keys/revoked")), config.keys().revocationFile());
    assertEquals(Optional.of(Path.of("/state/cursor")), config.keys().settlementCursorFile());
    assertTrue(config.strictVerify());
    assertTrue(config.strictCaveats());
    ChallengeSettings challenges = config.challenges();
    assertEquals(401, challenges.invalidCredentialStatus());
    assertEquals(new ChallengeFormat(false, false), challenges.format());
    assertEquals(Duration.ofMinutes(5), challenges.invoiceExpiry());
    assertEquals(Duration.ofMillis(1500), challenges.backendDeadline());
    assertEquals(8, challenges.maxInFlight());
    assertEquals(
        new ChallengeLimits(
            Optional.of(Rate.of(5, Duration.ofMinutes(1))),
            Optional.empty(),
            Optional.of(new Rate(20, Duration.ofSeconds(1), 40))),
        challenges.limits());
    assertEquals(Duration.ofHours(1), config.freebieWindow());
    assertEquals(2, config.edge().blocklist().size());
    assertEquals(2, config.edge().trustedProxies().size());
    assertEquals(Optional.of("shop.example"), config.edge().publicHost());
    assertEquals(Unmatched.DENY, config.unmatched());
    assertEquals(Set.of("PURGE"), config.edge().methods());
    assertEquals(new PathLeniency(true, true, true), config.edge().paths());
    assertEquals(4096, config.edge().drainLimit());
    assertEquals(
        Optional.of(new CorsSettings(Set.of("https://a.example"), Duration.ofSeconds(30))),
        config.edge().cors());
  }

  @Test
  void answersUnmatchedPathsOfAFileWith404() {
    assertEquals(Unmatched.NOT_FOUND, Configs.yaml(Configs.service("price: 5")).unmatched());
  }

  @Test
  void readsTheAuthenticatorOfAperture() {
    L402Config config =
        Configs.yaml(
            """
            authenticator: {lndhost: "lnd:10009", tlspath: /t, macdir: /m, network: testnet}
            masterkeyfile: /keys
            services: [{name: a, price: 2}]
            """);
    assertEquals(Optional.of("lnd"), config.backendName());
    assertEquals(Optional.of("/m"), config.backend().settings().get("macdir"));
  }

  @Test
  void codeComesBeforeInitParamsBeforeEnvironmentBeforeFile() throws Exception {
    Path file = folder.resolve("l402.yaml");
    Files.writeString(
        file,
        """
        backend: simulated
        realm: file
        lndhost: file
        tlspath: file
        authenticator: {macdir: file}
        services: [{name: a}]
        """);
    Map<String, String> environment =
        Map.of("L402_REALM", "env", "L402_LNDHOST", "env", "L402_MACDIR", "env", "PATH", "/bin");
    L402Config config =
        L402Config.builder()
            .initParameters(Map.of("config", file.toString(), "realm", "param", "lndhost", "param"))
            .environment(environment)
            .set("realm", "code")
            .build();
    assertEquals("code", config.keys().realm());
    assertEquals(Optional.of("param"), config.backend().settings().get("lndhost"));
    assertEquals(Optional.of("env"), config.backend().settings().get("macdir"));
    assertEquals(Optional.of("file"), config.backend().settings().get("tlspath"));
  }

  @Test
  void loadsAFileFromDisk() throws Exception {
    Path file = folder.resolve("l402.yaml");
    Files.writeString(file, Configs.service("price: 10"));
    assertEquals(List.of("a"), L402Config.load(file).serviceNames());
    String message =
        assertThrows(L402ConfigException.class, () -> L402Config.load(folder.resolve("none")))
            .getMessage();
    assertTrue(message.contains("cannot be read"), message);
  }

  @Test
  void needsNoBackendIfNothingIsPaidFor() {
    L402Config config = Configs.parameters(Map.of("auth", "off"));
    assertFalse(config.needsBackend());
    assertEquals(Optional.empty(), config.backendName());
  }

  static MilliSatoshi price(ServiceRule rule) {
    return rule.policy().pricer().price(null).toCompletableFuture().join();
  }
}
