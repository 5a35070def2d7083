// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buys tokens the way any client does: asks, pays, and has the header field to ask again with. */
public final class Shopper {
  private static final Pattern CHALLENGE =
      Pattern.compile("L402 .*macaroon=\"([^\"]+)\".*invoice=\"([^\"]+)\".*");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildJvm node;
  private final URI uri;

  Shopper(ChildJvm node, int port) {
    this(node, URI.create("http://127.0.0.1:" + port + ServerProcess.PATH));
  }

  /** Buys what is sold at the URI; the node pays what it is asked to. */
  public Shopper(ChildJvm node, URI uri) {
    this.node = node;
    this.uri = uri;
  }

  /** Requests with a token each. */
  List<byte[]> buy(int tokens) throws IOException, InterruptedException {
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      requests.add(request("Authorization: " + buy() + "\r\n"));
    }
    return requests;
  }

  /** Buys a token and returns the value of its {@code Authorization} field. */
  public String buy() throws IOException, InterruptedException {
    HttpResponse<String> response = ask();
    return response.headers().allValues("WWW-Authenticate").stream()
        .map(CHALLENGE::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(this::pay)
        .orElseThrow(() -> new IOException("expected a challenge, got " + response));
  }

  /** Comes again as it is told to: a node that has just begun may be slow once. */
  private HttpResponse<String> ask() throws IOException, InterruptedException {
    HttpResponse<String> response = null;
    for (int tries = 0; tries < 20; tries++) {
      response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 503) {
        return response;
      }
      TimeUnit.SECONDS.sleep(response.headers().firstValueAsLong("Retry-After").orElse(1));
    }
    return response;
  }

  private String pay(Matcher challenge) {
    try {
      String preimage = node.ask("pay " + challenge.group(2));
      return "L402 " + challenge.group(1) + ":" + preimage;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request with further fields, each ended by CRLF. */
  static byte[] request(String fields) {
    String text =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n%s\r\n"
            .formatted(ServerProcess.PATH, fields);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
