// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

/** The forms a macaroon is written in. (Placeholder: the codecs follow.) */
public enum MacaroonFormat {
  /** Binary, version 2: the only form that L402 credentials use. */
  V2;

  public byte[] encode(Macaroon macaroon) {
    throw new IllegalStateException("placeholder");
  }

  public Macaroon decode(byte[] bytes) {
    throw new MalformedMacaroonException("placeholder");
  }
}
