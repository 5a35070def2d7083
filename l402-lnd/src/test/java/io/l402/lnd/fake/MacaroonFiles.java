// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.l402.macaroon.Macaroon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** The fake's macaroons: bakes them, writes them to files, and makes them useless. */
public final class MacaroonFiles {
  private final Bakery bakery;
  private final Path folder;

  MacaroonFiles(Bakery bakery, Path folder) {
    this.bakery = bakery;
    this.folder = folder;
    write();
  }

  /** Where lnd keeps them, such as {@code data/chain/bitcoin/regtest}. */
  public Path folder() {
    return folder;
  }

  /** One of those files. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes admin, readonly and invoice.macaroon anew, under the current root key. */
  public void write() {
    bake(file("admin.macaroon"), 0, Permissions.ADMIN);
    bake(file("readonly.macaroon"), 0, Permissions.READONLY);
    bake(file("invoice.macaroon"), 0, Permissions.INVOICE);
  }

  /**
   * Bakes a macaroon into a file.
   *
   * @param permissions as for {@code lncli bakemacaroon}: {@code invoices:read} or {@code
   *     uri:/lnrpc.Lightning/AddInvoice}
   */
  public Path bake(Path file, long rootKeyId, List<String> permissions) {
    return write(file, bakery.bake(rootKeyId, permissions));
  }

  /** Bakes a macaroon that ends some time from now by the fake's clock; it may have ended. */
  public Path bakeExpiring(Path file, Duration left, List<String> permissions) {
    return write(file, bakery.expiring(bakery.bake(0, permissions), left));
  }

  /** A macaroon as it travels. */
  public String hex(List<String> permissions) {
    return HexFormat.of().formatHex(bakery.bake(0, permissions).toByteArray());
  }

  /** New root keys: all macaroons so far fail. The files stay as they are until {@link #write}. */
  public void rotateRootKeys() {
    bakery.rotate();
  }

  /** Forgets a root key, as {@code lncli deletemacaroonid} does. */
  public void deleteRootKey(long rootKeyId) {
    bakery.delete(rootKeyId);
  }

  private static Path write(Path file, Macaroon macaroon) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, macaroon.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
