// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

/**
 * What a load generator says.
 *
 * @param rate requests in a second
 * @param p50 the time that half of the requests did not exceed, in milliseconds
 * @param p99 the same of 99 %
 * @param requests how many were answered
 * @param failed how many were not answered with 200
 */
record LoadResult(double rate, double p50, double p99, long requests, long failed) {}
