// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.macaroon.Macaroon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Buys from the demo as a client with the demo's wallet would. */
final class WarClient {
  private final int port;

  WarClient(int port) {
    this.port = port;
  }

  /** A macaroon and the preimage that makes it a token. */
  record Token(String macaroon, String preimage) {
    /** The field to present it in. */
    String field() {
      return "Authorization: L402 " + macaroon + ":" + preimage;
    }

    /** The same token with another macaroon. */
    Token with(byte[] other) {
      return new Token(Base64.getEncoder().encodeToString(other), preimage);
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(macaroon);
    }

    /** The same token with a caveat that its holder added. */
    Token attenuate(String caveat) {
      byte[] added = caveat.getBytes(StandardCharsets.UTF_8);
      return with(Macaroon.of(bytes()).attenuate(added).toByteArray());
    }
  }

  RawResponse get(String path, String... fields) throws IOException {
    return RawHttp.get(port, path, fields);
  }

  RawResponse send(String method, String path, String... fields) throws IOException {
    return RawHttp.exchange(port, method, path, fields);
  }

  RawResponse post(String path, String body, String... fields) throws IOException {
    return RawHttp.post(port, path, body, fields);
  }

  /** Asks, pays, and gives the token back. */
  Token buy(String path) throws IOException {
    RawResponse challenge = get(path);
    assertEquals(402, challenge.status(), challenge::toString);
    RawResponse paid = post("/wallet/pay", challenge.challenge("invoice"));
    assertEquals(200, paid.status(), paid::toString);
    return new Token(challenge.challenge("macaroon"), paid.body().strip());
  }

  /** Pays a challenge as it stands in a field. */
  Token pay(String challenge) throws IOException {
    RawResponse paid = post("/wallet/pay", parameter(challenge, "invoice"));
    assertEquals(200, paid.status(), paid::toString);
    return new Token(parameter(challenge, "macaroon"), paid.body().strip());
  }

  private static String parameter(String challenge, String name) {
    return challenge.replaceFirst(".*\\b" + name + "=\"([^\"]*)\".*", "$1");
  }
}
