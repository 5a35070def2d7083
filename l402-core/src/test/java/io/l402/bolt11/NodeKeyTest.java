// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NodeKeyTest {
  @Test
  void knowsItsPublicKey() {
    assertEquals(SpecInvoices.NODE, SpecInvoices.KEY.nodeId());
  }

  @Test
  void toStringTellsNothing() {
    assertEquals("NodeKey(redacted)", SpecInvoices.KEY.toString());
  }

  @Test
  void refusesWhatIsNoPrivateKeyWithoutRepeatingIt() {
    String order = SpecInvoices.ORDER.toString(16);
    for (String hex :
        new String[] {"00".repeat(32), order, "ff".repeat(32), "01", "01".repeat(33)}) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      String message =
          assertThrows(IllegalArgumentException.class, () -> NodeKey.of(bytes)).getMessage();
      assertFalse(message.contains(hex));
    }
  }

  @Test
  void drawsAnotherKeyEachTime() {
    SecureRandom random = new SecureRandom();
    assertNotEquals(NodeKey.random(random), NodeKey.random(random));
  }

  @Test
  void isEqualToTheSameKey() {
    byte[] bytes = new byte[32];
    bytes[31] = 9;
    assertEquals(NodeKey.of(bytes), NodeKey.of(bytes));
    assertEquals(NodeKey.of(bytes).hashCode(), NodeKey.of(bytes).hashCode());
    assertNotEquals(NodeKey.of(bytes), SpecInvoices.KEY);
  }

  @Test
  void nodeIdsAre33BytesThatBeginWith2Or3() {
    assertThrows(IllegalArgumentException.class, () -> NodeId.of(new byte[33]));
    assertThrows(IllegalArgumentException.class, () -> NodeId.ofHex("02".repeat(32)));
    assertEquals(SpecInvoices.NODE, NodeId.of(SpecInvoices.NODE.toByteArray()));
    assertEquals(SpecInvoices.NODE.toHex(), SpecInvoices.NODE.toString());
  }
}
