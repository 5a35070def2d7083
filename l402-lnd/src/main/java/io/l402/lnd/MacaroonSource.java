// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402ConfigException;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MalformedMacaroonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The macaroon that lnd is called with. One from a file is read again when the file has changed, or
 * when lnd has refused the one known; while the file cannot be read, the one known stays.
 *
 * <p>Safe for use by many threads. It does not print the macaroon.
 */
final class MacaroonSource {
  private record Known(Object stamp, Macaroon macaroon, String hex) {
    /** Not the macaroon. */
    @Override
    public String toString() {
      return "Known";
    }
  }

  private final Source source;
  private final AtomicBoolean doubted = new AtomicBoolean();
  private volatile Known known;

  /**
   * Reads it for the first time.
   *
   * @throws L402ConfigException if there is none, or it is no macaroon
   */
  MacaroonSource(Source source) {
    this.source = source;
    try {
      known = load();
    } catch (IOException | MalformedMacaroonException e) {
      throw new L402ConfigException(
          "lnd: the macaroon " + source + " cannot be read: " + reason(e), e);
    }
  }

  /** The macaroon, as far as it is known. */
  Macaroon macaroon() {
    return known.macaroon;
  }

  /** What to send: the macaroon in hex. */
  String hex() {
    if (source.isFile()) {
      refresh();
    }
    return known.hex;
  }

  private void refresh() {
    boolean again = doubted.getAndSet(false);
    try {
      if (again || !source.stamp().equals(known.stamp)) {
        known = load();
      }
    } catch (IOException | MalformedMacaroonException e) {
      // Perhaps it is being written just now. lnd will say what it thinks of the old one.
      doubted.set(again);
    }
  }

  /** lnd has refused the macaroon: whatever the clock of the disk says, read it again next time. */
  void doubt() {
    doubted.set(true);
  }

  private Known load() throws IOException {
    Object stamp = source.stamp();
    byte[] bytes = source.read();
    byte[] binary = source.isFile() ? bytes : fromHex(bytes);
    return new Known(stamp, Macaroon.of(binary), HexFormat.of().formatHex(binary));
  }

  private static byte[] fromHex(byte[] text) throws IOException {
    try {
      return HexFormat.of().parseHex(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Not the cause: its message has part of the text.
      throw new IOException("expected hex");
    }
  }

  private static String reason(Exception e) {
    return e instanceof MalformedMacaroonException || e.getMessage() == null
        ? "no macaroon in binary form, version 2"
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  @Override
  public String toString() {
    return "MacaroonSource[" + source + "]";
  }
}
