// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/** What is put under load. */
enum Subject {
  UPSTREAM("upstream alone", "", false),
  BARE("proxy, no filter", ProxyProcess.BARE, false),
  /** What any proxy pays for a header field of that length, and ours for taking it out. */
  CARRIED("same, with token", ProxyProcess.BARE, true),
  SOLD("proxy, sold token", ProxyProcess.SOLD, true);

  private final String title;
  private final String prefix;
  private final boolean token;

  Subject(String title, String prefix, boolean token) {
    this.title = title;
    this.prefix = prefix;
    this.token = token;
  }

  String title() {
    return title;
  }

  /** Whether requests have a token, read or not. */
  boolean hasToken() {
    return token;
  }

  /** What stands before the upstream's own path. */
  String prefix() {
    return prefix;
  }
}
