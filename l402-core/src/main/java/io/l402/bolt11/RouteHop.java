// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.util.Objects;

/**
 * One hop of a private route to the payee.
 *
 * @param nodeId the node at the start of the channel
 * @param shortChannelId the channel, as 64 unsigned bits
 * @param feeBaseMsat the fixed part of the fee, 32 unsigned bits
 * @param feeProportionalMillionths the proportional part, 32 unsigned bits
 * @param cltvExpiryDelta blocks, 16 unsigned bits
 */
public record RouteHop(
    NodeId nodeId,
    long shortChannelId,
    long feeBaseMsat,
    long feeProportionalMillionths,
    int cltvExpiryDelta) {
  private static final long MAX_UINT32 = 0xffff_ffffL;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number does not fit its bits
   */
  public RouteHop {
    Objects.requireNonNull(nodeId, "nodeId");
    if (feeBaseMsat < 0 || feeBaseMsat > MAX_UINT32) {
      throw new IllegalArgumentException("route hop: base fee " + feeBaseMsat);
    }
    if (feeProportionalMillionths < 0 || feeProportionalMillionths > MAX_UINT32) {
      throw new IllegalArgumentException("route hop: fee rate " + feeProportionalMillionths);
    }
    if (cltvExpiryDelta < 0 || cltvExpiryDelta > 0xffff) {
      throw new IllegalArgumentException("route hop: cltv delta " + cltvExpiryDelta);
    }
  }
}
