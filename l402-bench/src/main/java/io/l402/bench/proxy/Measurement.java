// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/**
 * What one run showed.
 *
 * @param proxyMicros how long processors worked for the proxy, in microseconds a request
 * @param upstreamMicros the same for the upstream
 */
record Measurement(LoadResult load, double proxyMicros, double upstreamMicros) {}
