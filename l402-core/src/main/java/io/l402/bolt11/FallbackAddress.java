// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.util.Objects;

/**
 * Where to pay on chain if the invoice cannot be paid otherwise.
 *
 * @param version 0 to 16 for a witness program, 17 for the hash of a key (P2PKH), 18 for the hash
 *     of a script (P2SH)
 * @param program the witness program or the hash
 */
public record FallbackAddress(int version, ByteString program) {
  /** Pay to a public key's hash. */
  public static final int P2PKH = 17;

  /** Pay to a script's hash. */
  public static final int P2SH = 18;

  /**
   * Checks the version and the length.
   *
   * @throws IllegalArgumentException if the version is unknown or the program's length is wrong
   */
  public FallbackAddress {
    Objects.requireNonNull(program, "program");
    if (version < 0 || version > P2SH) {
      throw new IllegalArgumentException("fallback address: unknown version " + version);
    }
    if (!fits(version, program.length())) {
      throw new IllegalArgumentException(
          "fallback address: " + program.length() + " bytes do not fit version " + version);
    }
  }

  private static boolean fits(int version, int length) {
    if (version >= P2PKH) {
      return length == 20;
    }
    return version == 0 ? length == 20 || length == 32 : length >= 2 && length <= 40;
  }
}
