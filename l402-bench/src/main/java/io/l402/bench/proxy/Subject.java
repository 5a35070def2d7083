// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/** What is put under load. */
enum Subject {
  UPSTREAM("upstream alone", ""),
  BARE("proxy, no filter", ProxyProcess.BARE),
  SOLD("proxy, sold token", ProxyProcess.SOLD);

  private final String title;
  private final String prefix;

  Subject(String title, String prefix) {
    this.title = title;
    this.prefix = prefix;
  }

  String title() {
    return title;
  }

  /** What stands before the upstream's own path. */
  String prefix() {
    return prefix;
  }
}
