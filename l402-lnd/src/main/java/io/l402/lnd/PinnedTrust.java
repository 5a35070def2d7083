// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402ConfigException;
import io.l402.internal.FailureLog;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the pinned certificate of an lnd and nothing else. The file is read at every handshake:
 * these are rare, and so whatever lnd has put there is what counts, without a new channel.
 *
 * <p>A pinned certificate that has expired is still the pinned one. The JDK takes it, and this
 * warns.
 *
 * <p>Safe for use by many threads.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private static final X509Certificate[] NONE = {};

  private record Pinned(
      Object stamp,
      byte[] bytes,
      List<X509Certificate> certificates,
      X509ExtendedTrustManager jdk) {}

  private final Source source;
  private final Clock clock;
  private final FailureLog log;
  private volatile Pinned pinned;
  private volatile Object seen;

  /**
   * Reads the certificate for the first time.
   *
   * @throws L402ConfigException if there is none
   */
  PinnedTrust(Source source, Clock clock, FailureLog log) {
    this.source = source;
    this.clock = clock;
    this.log = log;
    try {
      pinned = load();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new L402ConfigException(
          "lnd: the certificate " + source + " cannot be read: " + e.getMessage(), e);
    }
    seen = pinned.stamp;
    warnIfExpired(pinned);
  }

  /** Whether there is another file than when this was last asked; true once for each. */
  boolean hasChanged() {
    try {
      Object before = seen;
      Object now = source.stamp();
      seen = now;
      return !now.equals(before);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private X509ExtendedTrustManager current() {
    try {
      pinned = load();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      log.failed(
          System.Logger.Level.WARNING, "lnd's certificate cannot be read; the one known stays", e);
    }
    warnIfExpired(pinned);
    return pinned.jdk;
  }

  private Pinned load() throws IOException, GeneralSecurityException {
    Object stamp = source.stamp();
    byte[] bytes = source.read();
    Pinned known = pinned;
    if (known != null && Arrays.equals(bytes, known.bytes)) {
      return new Pinned(stamp, bytes, known.certificates, known.jdk);
    }
    List<X509Certificate> certificates = Certificates.read(bytes);
    return new Pinned(stamp, bytes, certificates, Certificates.trusting(certificates));
  }

  private void warnIfExpired(Pinned now) {
    for (X509Certificate certificate : now.certificates) {
      if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
        log.failed(
            System.Logger.Level.WARNING,
            "lnd's pinned certificate has expired at "
                + certificate.getNotAfter().toInstant()
                + "; it is still trusted, since it is the one that was pinned. To have lnd make a"
                + " new one, delete its tls.cert and tls.key and restart it",
            null);
      }
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, socket);
  }

  /** Without a connection there is no name to check. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("expected a connection, whose name can be checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this end is the client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
