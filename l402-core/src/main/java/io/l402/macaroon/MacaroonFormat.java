// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.util.Objects;

/**
 * The forms a macaroon is written in.
 *
 * <p>All readers are strict: one macaroon has one V1 and one V2 form, everything else is refused,
 * and a macaroon beyond the bounds of {@link Macaroon} is refused in every form.
 */
public enum MacaroonFormat {
  /** Packets, version 1: what old libraries write. Not accepted as a credential. */
  V1(new MacaroonV1Codec()),

  /** Binary, version 2: the only form that L402 credentials use. */
  V2(new MacaroonV2Codec()),

  /** JSON, version 2, in UTF-8. Not accepted as a credential. */
  V2_JSON(new MacaroonJsonCodec());

  private final MacaroonCodec codec;

  MacaroonFormat(MacaroonCodec codec) {
    this.codec = codec;
  }

  /**
   * Writes a macaroon. The bytes hold the signature: handle as a secret.
   *
   * @throws IllegalArgumentException if this form cannot carry the macaroon: JSON has no way to
   *     write a location that is not UTF-8
   */
  public byte[] encode(Macaroon macaroon) {
    return codec.encode(Objects.requireNonNull(macaroon, "macaroon"));
  }

  /**
   * Reads a macaroon from bytes that anybody may have sent.
   *
   * @throws MalformedMacaroonException if the bytes are anything else, or anything follows
   */
  public Macaroon decode(byte[] bytes) {
    return codec.decode(Objects.requireNonNull(bytes, "bytes"));
  }
}
