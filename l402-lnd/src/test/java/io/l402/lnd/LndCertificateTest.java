// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.lightning.BackendHealth;
import io.l402.lightning.LightningException.Kind;
import io.l402.lightning.Network;
import io.l402.lnd.fake.FakeLnd;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** lnd's certificate changes, ends, or is another's. */
class LndCertificateTest {
  @TempDir Path folder;

  private final FakeLnd lnd = FakeLnd.create();
  private Till till = Till.open(lnd);

  @AfterEach
  void close() {
    till.close();
    lnd.close();
  }

  @Test
  void rotatedWithTheFile() {
    String sold = till.buy(lnd);
    lnd.rotateTls();
    till.assertGranted(sold);
    till.awaitRecovery();
  }

  @Test
  void rotatedBeforeTheFile() {
    String sold = till.buy(lnd);
    lnd.tls().renew();
    lnd.restart();
    await()
        .atMost(Till.PATIENCE)
        .until(() -> till.health().status() == BackendHealth.Status.CONFIG);
    till.assertNoChallenge();
    assertEquals(Kind.CONFIG, till.failures.get(till.failures.size() - 1).kind());
    till.assertGranted(sold);
    lnd.tls().write();
    till.awaitRecovery();
  }

  /** It is the one that was pinned; that it has ended is the operator's business. */
  @Test
  void pinnedAndExpired() throws Exception {
    try (LogRecorder log = LogRecorder.of(LndBackend.class)) {
      lnd.tls().expire();
      lnd.tls().write();
      lnd.restart();
      till.close();
      till = Till.open(lnd);
      till.challenge();
      assertTrue(
          log.lines().stream().anyMatch(line -> line.contains("certificate has expired at ")),
          log.lines()::toString);
    }
  }

  /** Nobody the platform trusts has signed lnd's own certificate. */
  @Test
  void notPinnedAndUnknownToThePlatform() {
    till.close();
    till = Till.open(unpinned());
    till.assertNoChallenge();
    assertEquals(Kind.CONFIG, till.failures.get(0).kind());
    assertEquals(BackendHealth.Status.CONFIG, till.health().status());
  }

  @Test
  void trustedByThePlatform() throws Exception {
    trustOnThePlatform(lnd.tls().issue(false));
    till.challenge();
  }

  @Test
  void trustedByThePlatformAndExpired() throws Exception {
    trustOnThePlatform(lnd.tls().issue(true));
    till.assertNoChallenge();
    till.assertHealth(BackendHealth.Status.CONFIG, "TLS with lnd fails");
  }

  /** As if the authority were one of those that come with Java. */
  private void trustOnThePlatform(X509Certificate authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority);
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    lnd.restart();
    till.close();
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    try {
      till = Till.open(unpinned());
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  private LndSettings unpinned() {
    return LndSettings.builder(lnd.host())
        .macaroon(lnd.invoiceMacaroon())
        .network(Network.REGTEST)
        .build();
  }

  @Test
  void wrongName() {
    lnd.tls().rename("elsewhere.example");
    lnd.tls().write();
    lnd.restart();
    till.close();
    till = Till.open(lnd);
    till.assertNoChallenge();
    assertEquals(Kind.CONFIG, till.failures.get(0).kind());
    till.assertHealth(BackendHealth.Status.CONFIG, "localhost");
  }

  @Test
  void wrongNameThatWasSaidToBeRight() {
    lnd.tls().rename("elsewhere.example");
    lnd.tls().write();
    lnd.restart();
    till.close();
    till = Till.open(Till.settings(lnd).serverName("elsewhere.example").build());
    till.challenge();
  }

  @Test
  void givenItselfInPemAndInBase64() {
    String pem = lnd.tls().pem();
    String base64 = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    String der = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    for (String given : new String[] {pem, base64, der}) {
      till.close();
      till = Till.open(Till.settings(lnd).tlsCertificate(given).build());
      till.challenge();
    }
  }
}
