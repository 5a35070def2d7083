// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import io.l402.L402Credential;
import io.l402.Mint;
import io.l402.Preimage;
import io.l402.Service;
import io.l402.caveat.Caveat;
import io.l402.keys.RootKeyStore;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;

/** One sold token, as a client sends it and taken apart in advance. */
record Sample(
    String authorization,
    byte[] base64,
    byte[] info,
    byte[] identifier,
    List<byte[]> caveats,
    byte[] preimage,
    byte[] paymentHash,
    byte[] signature,
    byte[] rootKey,
    String text) {
  static final String SERVICE = "weather";

  /** The caveats of a token for a service with capabilities and a timeout. */
  static final List<Caveat> CAVEATS =
      List.of(
          new Caveat("services", new Service(SERVICE, 0).toString()),
          new Caveat(SERVICE + "_capabilities", "read,write"),
          new Caveat(SERVICE + "_valid_until", "4102444800"));

  /** A token that a mint with these keys sells; the same for the same seed. */
  static Sample of(RootKeyStore rootKeys, byte[] label, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[Preimage.LENGTH];
    random.nextBytes(bytes);
    Preimage preimage = Preimage.of(bytes);
    Macaroon macaroon =
        new Mint(rootKeys, new SecureRandom()).mint(preimage.paymentHash(), CAVEATS);
    L402Credential credential = L402Credential.of(List.of(macaroon), preimage);
    byte[] rootKey = rootKeys.create(credential.identifier()).toByteArray();
    String authorization = credential.toAuthorization();
    return new Sample(
        authorization,
        authorization
            .substring("L402 ".length(), authorization.indexOf(':'))
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        concat(label, macaroon.identifier()),
        macaroon.identifier(),
        macaroon.caveats().stream().map(MacaroonCaveat::id).toList(),
        bytes,
        preimage.paymentHash().toByteArray(),
        macaroon.signature(),
        rootKey,
        text(rootKey, seed));
  }

  /** The same token for jmacaroons, whose identifiers are text: 66 letters in place of 66 bytes. */
  private static String text(byte[] rootKey, long seed) {
    String identifier = String.format("%066d", Math.abs(seed));
    var builder =
        com.github.nitram509.jmacaroons.Macaroon.builder(Mint.LOCATION, rootKey, identifier);
    CAVEATS.forEach(caveat -> builder.addCaveat(caveat.toString()));
    return builder.build().serialize(MacaroonsSerializer.V2);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
