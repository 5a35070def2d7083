// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.crypto.HmacKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The SHA-256 cases of RFC 5869, appendix A. */
class HkdfTest {
  @Test
  void basicCase() {
    byte[] key = Hkdf.extract(range(0x00, 0x0d), hex("0b".repeat(22)));
    assertEquals("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5", hex(key));
    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex(expand(key, range(0xf0, 0xfa), 42)));
  }

  @Test
  void longerInputsAndOutputs() {
    byte[] key = Hkdf.extract(range(0x60, 0xb0), range(0x00, 0x50));
    assertEquals("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244", hex(key));
    assertEquals(
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            + "cc30c58179ec3e87c14c01d5c1f3434f1d87",
        hex(expand(key, range(0xb0, 0x100), 82)));
  }

  @Test
  void emptySaltAndInfo() {
    byte[] key = Hkdf.extract("", hex("0b".repeat(22)));
    assertEquals("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04", hex(key));
    assertEquals(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        hex(expand(key, new byte[0], 42)));
  }

  @Test
  void refusesMoreThanThereIs() {
    assertEquals(8_160, expand(new byte[32], new byte[0], 8_160).length);
    assertThrows(IllegalArgumentException.class, () -> expand(new byte[32], new byte[0], 8_161));
  }

  private static byte[] expand(byte[] key, byte[] info, int length) {
    return Hkdf.expand(HmacKey.of(key), info, length);
  }

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
