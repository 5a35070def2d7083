// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/** What is spoken, from the load to the proxy and from there to the upstream. */
enum Protocol {
  HTTP("HTTP/1.1", Weather.PATH),
  GRPC("gRPC", Echo.PATH);

  private final String title;
  private final String path;

  Protocol(String title, String path) {
    this.title = title;
    this.path = path;
  }

  String title() {
    return title;
  }

  /** The upstream's path. */
  String path() {
    return path;
  }
}
