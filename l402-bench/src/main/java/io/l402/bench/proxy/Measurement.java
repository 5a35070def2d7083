// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/**
 * What one run showed.
 *
 * @param proxyMicros how long processors worked for the proxy, in microseconds a request
 * @param upstreamMicros the same for the upstream
 * @param others how busy others kept the processors, in per cent of one
 */
record Measurement(LoadResult load, double proxyMicros, double upstreamMicros, double others) {
  private static final double DISTURBING = 30;

  /** Whether others took so much that the figures say more about them. */
  boolean isDisturbed() {
    return others > DISTURBING;
  }
}
