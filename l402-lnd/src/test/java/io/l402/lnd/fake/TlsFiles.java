// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
