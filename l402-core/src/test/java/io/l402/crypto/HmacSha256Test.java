// SPDX-License-Identifier: Apache-2.0
package io.l402.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {
  private final Random random = new Random(402);

  /** RFC 4231, cases 1 and 6. */
  @ParameterizedTest
  @CsvSource({
    "20, 0b, Hi There, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "131, aa, Test Using Larger Than Block-Size Key - Hash Key First,"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  })
  void casesOfTheRfc(int length, String keyByte, String message, String expected) {
    byte[] key = HexFormat.of().parseHex(keyByte.repeat(length));
    byte[] out = new byte[32];
    new HmacSha256().start(key).add(message.getBytes(StandardCharsets.US_ASCII)).finish(out);
    assertEquals(expected, HexFormat.of().formatHex(out));
  }

  @Test
  void agreesWithThePlatformForEveryLengthOfKeyAndMessage() throws GeneralSecurityException {
    HmacSha256 hmac = new HmacSha256();
    for (int length = 1; length < 200; length++) {
      byte[] key = bytes(length);
      byte[] message = bytes(random.nextInt(200));
      byte[] out = new byte[32];
      hmac.start(key).add(message).finish(out);
      assertArrayEquals(platform(key, message), out);
      HmacSha256 again = HmacKey.of(key).start();
      again.add(message).finish(out);
      assertArrayEquals(platform(key, message), out);
      again.start(message).add(key[0]).add(key).finish(out);
      byte[] longer = new byte[key.length + 1];
      System.arraycopy(key, 0, longer, 1, key.length);
      longer[0] = key[0];
      assertArrayEquals(platform(nonEmpty(message), longer), out);
    }
  }

  @Test
  void aKeyCanBeUsedAgainAndAgain() throws GeneralSecurityException {
    byte[] bytes = bytes(32);
    byte[] before = bytes.clone();
    HmacKey key = HmacKey.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    for (int i = 0; i < 3; i++) {
      byte[] message = bytes(i * 40);
      byte[] out = new byte[32];
      key.start().add(message).finish(out);
      assertArrayEquals(platform(before, message), out);
    }
    assertEquals("HmacKey(redacted)", key.toString());
  }

  @Test
  void theOutputMayBeTheKey() throws GeneralSecurityException {
    byte[] inPlace = bytes(32);
    byte[] expected = platform(inPlace.clone(), new byte[3]);
    new HmacSha256().start(inPlace).add(new byte[3]).finish(inPlace);
    assertArrayEquals(expected, inPlace);
  }

  @Test
  void refusesAnOutputWithoutRoom() {
    HmacSha256 hmac = new HmacSha256().start(new byte[32]);
    assertThrows(IllegalArgumentException.class, () -> hmac.finish(new byte[31]));
  }

  /** The platform takes no empty key; the RFC pads it with zeros. */
  private static byte[] nonEmpty(byte[] key) {
    return key.length == 0 ? new byte[1] : key;
  }

  private static byte[] platform(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
