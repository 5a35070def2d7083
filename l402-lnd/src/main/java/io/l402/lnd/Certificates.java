// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads certificates, and makes the JDK trust these and no others. */
final class Certificates {
  private static final byte[] PEM = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

  private Certificates() {}

  /** Reads PEM, DER, or base64 of either; at least one certificate. */
  static List<X509Certificate> read(byte[] bytes) throws CertificateException {
    var found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(binary(bytes)));
    if (found.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    return found.stream().map(X509Certificate.class::cast).toList();
  }

  private static byte[] binary(byte[] bytes) {
    if (startsWith(bytes, PEM) || bytes.length > 0 && bytes[0] == 0x30) {
      return bytes;
    }
    try {
      return Base64.getMimeDecoder().decode(bytes);
    } catch (IllegalArgumentException e) {
      return bytes;
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /**
   * A trust manager of the JDK that knows these certificates only. It also checks the name, as the
   * connection asks it to.
   */
  static X509ExtendedTrustManager trusting(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      anchors.setCertificateEntry("lnd" + i, certificates.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("the platform has no X.509 trust manager");
  }
}
