// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The fake's certificate. As with lnd a new one is served from the next start on; {@code tls.cert}
 * holds it once {@link #write} was called. It goes by the system's clock, as TLS does.
 */
public final class TlsFiles {
  private final Path file;
  private volatile TlsIdentity identity;

  TlsFiles(Path file) {
    this.file = file;
    this.identity = TlsIdentity.create(Instant.now());
    write();
  }

  /** {@code tls.cert}. */
  public Path file() {
    return file;
  }

  /** A new key and certificate. */
  public void renew() {
    identity = TlsIdentity.create(Instant.now());
  }

  /** A new key, with a certificate that ended yesterday. */
  public void expire() {
    identity = TlsIdentity.expired(Instant.now());
  }

  /** A new key, with a certificate for another host. */
  public void rename(String host) {
    identity = TlsIdentity.named(Instant.now(), host);
  }

  /**
   * A new key, with a certificate that an authority has signed, as Let's Encrypt would.
   *
   * @param expired whether it ended yesterday
   * @return the authority's certificate
   */
  public X509Certificate issue(boolean expired) {
    Instant now = Instant.now();
    TlsIdentity authority = TlsIdentity.named(now, "authority.example");
    identity = authority.issue(expired ? TlsIdentity.overSinceYesterday(now) : now);
    return authority.certificate();
  }

  /** Writes the latest certificate to the file. */
  public void write() {
    try {
      Files.writeString(file, identity.pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latest certificate in PEM, whatever the file has. */
  public String pem() {
    return identity.pem();
  }

  TlsIdentity identity() {
    return identity;
  }
}
