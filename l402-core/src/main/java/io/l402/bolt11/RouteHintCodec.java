// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A route hint: hops of 51 bytes, from the public network to the payee. */
final class RouteHintCodec {
  private static final int HOP = 51;

  private RouteHintCodec() {}

  static byte[] encode(List<RouteHop> hops) {
    ByteBuffer out = ByteBuffer.allocate(HOP * hops.size());
    for (RouteHop hop : hops) {
      out.put(hop.nodeId().toByteArray())
          .putLong(hop.shortChannelId())
          .putInt((int) hop.feeBaseMsat())
          .putInt((int) hop.feeProportionalMillionths())
          .putShort((short) hop.cltvExpiryDelta());
    }
    return out.array();
  }

  static List<RouteHop> decode(byte[] bytes) {
    if (bytes.length == 0 || bytes.length % HOP != 0) {
      throw new MalformedInvoiceException(
          "bolt 11: a route hint of " + bytes.length + " bytes, expected a multiple of " + HOP);
    }
    List<RouteHop> hops = new ArrayList<>(bytes.length / HOP);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      byte[] nodeId = new byte[NodeId.LENGTH];
      in.get(nodeId);
      hops.add(
          new RouteHop(
              NodeId.of(nodeId),
              in.getLong(),
              Integer.toUnsignedLong(in.getInt()),
              Integer.toUnsignedLong(in.getInt()),
              Short.toUnsignedInt(in.getShort())));
    }
    return List.copyOf(hops);
  }
}
