// SPDX-License-Identifier: Apache-2.0
package io.l402.it.lnd;

import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.lnd.fake.FakeLnd;
import java.io.IOException;

/**
 * Somebody with a wallet that reaches the shop's lnd.
 *
 * @param port the shop's, on 127.0.0.1
 * @param lnd whom the wallet pays
 */
public record LndCustomer(int port, FakeLnd lnd) {
  /** Asks for something, with further fields. */
  public RawResponse get(String target, String... fields) throws IOException {
    return RawHttp.get(port, target, fields);
  }

  /** Asks for something, and insists on being told what it costs. */
  public RawResponse ask(String target, String... fields) throws IOException {
    RawResponse challenge = get(target, fields);
    if (challenge.status() != 402) {
      throw new AssertionError("expected a challenge, got " + challenge);
    }
    return challenge;
  }

  /** Pays, and returns the field to ask again with. */
  public String pay(RawResponse challenge) {
    return field(challenge, lnd.pay(challenge.challenge("invoice")).toHex());
  }

  /** Asks for something, pays, and returns the field to ask again with. */
  public String buy(String target) throws IOException {
    return pay(ask(target));
  }

  /** The field of somebody who knows this preimage, in hex. */
  public static String field(RawResponse challenge, String preimage) {
    return "Authorization: L402 " + challenge.challenge("macaroon") + ":" + preimage;
  }
}
