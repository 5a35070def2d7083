// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what an upstream's certificate is checked against. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * The certificates of a PEM file, as a trust store.
   *
   * @throws IllegalArgumentException if it holds none
   */
  static KeyStore read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate trusted : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + count++, trusted);
      }
      if (count == 0) {
        throw new IllegalArgumentException("tlscertpath: no certificate in the file");
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("tlscertpath: the file cannot be read", e);
    }
  }

  /**
   * Whether the peer's certificate is neither too old nor too new. Java does not look where the
   * certificate itself is among those trusted.
   */
  static boolean isCurrent(SSLSession session) {
    try {
      ((X509Certificate) session.getPeerCertificates()[0]).checkValidity();
      return true;
    } catch (CertificateException | SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
