// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

/** One written form of a macaroon. Stateless. */
interface MacaroonCodec {
  /** Writes a macaroon; throws IllegalArgumentException where the form cannot carry it. */
  byte[] encode(Macaroon macaroon);

  /** Reads a macaroon; throws {@link MalformedMacaroonException} and nothing else. */
  Macaroon decode(byte[] bytes);
}
