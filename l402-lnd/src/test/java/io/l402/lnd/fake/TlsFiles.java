// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The fake's certificate. As with lnd a new one is served from the next start on; {@code tls.cert}
 * holds it once {@link #write} was called.
 */
public final class TlsFiles {
  private final Path file;
  private final Clock clock;
  private volatile TlsIdentity identity;

  TlsFiles(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.identity = TlsIdentity.create(clock.instant());
    write();
  }

  /** {@code tls.cert}. */
  public Path file() {
    return file;
  }

  /** A new key and certificate. */
  public void renew() {
    identity = TlsIdentity.create(clock.instant());
  }

  /** A new key, with a certificate that ended yesterday. */
  public void expire() {
    identity = TlsIdentity.expired(clock.instant());
  }

  /** A new key, with a certificate for another host. */
  public void rename(String host) {
    identity = TlsIdentity.named(clock.instant(), host);
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
