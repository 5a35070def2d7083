// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A block chain with nobody but us: headers that follow each other, and at most one transaction.
 */
final class LdkChain {
  private static final int HASH = 32;
  private static final int VERSION = 2;
  private static final int FIRST_TIME = 1_600_000_000;

  private byte[] tip = new byte[HASH];
  private int height;

  /** Mines blocks that the nodes see at once, the first of them with the transaction. */
  void mine(int blocks, byte[] transaction, List<LdkNode> nodes) {
    block(transaction, nodes);
    for (int i = 1; i < blocks; i++) {
      block(null, nodes);
    }
  }

  private void block(byte[] transaction, List<LdkNode> nodes) {
    byte[] header = header();
    tip = doubleSha256(header);
    height++;
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(header);
    block.write(transaction == null ? 0 : 1);
    if (transaction != null) {
      block.writeBytes(transaction);
    }
    nodes.forEach(node -> node.blockConnected(block.toByteArray(), height));
  }

  /** Neither the Merkle root nor the work is looked at. */
  private byte[] header() {
    return ByteBuffer.allocate(80)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(VERSION)
        .put(tip)
        .put(new byte[HASH])
        .putInt(FIRST_TIME + height)
        .array();
  }

  /** A transaction that pays an amount to a script, from an output that nobody looks for. */
  static byte[] payTo(byte[] script, long satoshi) {
    HexFormat hex = HexFormat.of();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(hex.parseHex("01000000" + "0001" + "01")); // version, witness marker, one input
    out.writeBytes(hex.parseHex("11".repeat(HASH) + "00000000" + "00" + "ffffffff"));
    out.write(1);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(satoshi).array());
    out.write(script.length);
    out.writeBytes(script);
    out.writeBytes(hex.parseHex("01" + "0101" + "00000000")); // one witness item, lock time
    return out.toByteArray();
  }

  private static byte[] doubleSha256(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
