// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.crypto.HmacKey;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The secrets that root keys are derived from: one to sign new tokens with, and up to three more to
 * verify older ones.
 *
 * <p>Any number of servers with the same keys and the same realm verify each other's tokens. To
 * change keys on running servers, add the new key as {@code verify} on all of them, then make it
 * the {@code sign} key and the old one {@code verify}, and drop that when its last token has run
 * out.
 *
 * <p>It never prints. Immutable and safe for use by many threads.
 */
public final class MasterKeys {
  /** The length of a master key in bytes. */
  public static final int LENGTH = 32;

  /** The most keys there may be: each is tried on a token that none of them signed. */
  public static final int MAX_KEYS = 4;

  private final List<byte[]> keys;
  private final String realm;

  private MasterKeys(List<byte[]> keys, String realm) {
    this.keys = keys;
    this.realm = realm;
  }

  /**
   * Reads the keys of a file, one a line: {@code sign <64 hex digits>} once, {@code verify <64 hex
   * digits>} up to three times. Blank lines and what follows a {@code #} are skipped.
   *
   * <p>If there is no such file, it is made with one fresh key, for its owner only, in one step: of
   * several servers that start at once, all use the same. Its folder is made too. A file that is
   * there is never written to.
   *
   * @throws io.l402.L402ConfigException if it cannot be read or made; if others than its owner may
   *     read or write it (where the file system can tell); or if it does not hold such keys: too
   *     short, of one repeated byte, twice the same. The message names the line, never the key.
   */
  public static MasterKeys load(Path file) {
    return MasterKeyFile.load(Objects.requireNonNull(file, "file"), new SecureRandom());
  }

  /** One fresh key, which is gone when the process ends, and every token with it. */
  public static MasterKeys inMemory(SecureRandom random) {
    return new MasterKeys(List.of(fresh(random)), "");
  }

  /**
   * Keys that the application keeps itself. The bytes are copied.
   *
   * @param sign the key for new tokens
   * @param verify keys of older tokens
   * @throws IllegalArgumentException if a key is not 32 bytes, or all of one byte, or there twice,
   *     or there are more than four
   */
  public static MasterKeys of(byte[] sign, byte[]... verify) {
    List<byte[]> keys = new ArrayList<>();
    keys.add(sign.clone());
    for (byte[] key : verify) {
      keys.add(key.clone());
    }
    for (int i = 0; i < keys.size(); i++) {
      String fault = fault(keys.get(i), keys.subList(0, i));
      if (fault != null) {
        throw new IllegalArgumentException("master key " + (i + 1) + ": " + fault);
      }
    }
    return new MasterKeys(List.copyOf(keys), "");
  }

  /** What is wrong with a key beside the ones before it, or null. */
  static String fault(byte[] key, List<byte[]> before) {
    if (key.length != LENGTH) {
      return "found " + key.length + " bytes, expected " + LENGTH;
    }
    if (isOneByteRepeated(key)) {
      return "one byte, repeated";
    }
    if (before.stream().anyMatch(other -> MessageDigest.isEqual(other, key))) {
      return "there for the second time";
    }
    return before.size() == MAX_KEYS ? "more than " + MAX_KEYS + " keys" : null;
  }

  private static boolean isOneByteRepeated(byte[] key) {
    for (byte b : key) {
      if (b != key[0]) {
        return false;
      }
    }
    return true;
  }

  static byte[] fresh(SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    return key;
  }

  /**
   * The same keys for another realm: a word that keeps servers apart that share a key. Tokens of
   * one realm do not verify in another.
   *
   * @param realm any text; empty is the default
   */
  public MasterKeys withRealm(String realm) {
    return new MasterKeys(keys, Objects.requireNonNull(realm, "realm"));
  }

  /** How many keys there are: 1 to 4. */
  public int size() {
    return keys.size();
  }

  /** The HKDF pseudo-random key of each master key, the signing one first. */
  List<HmacKey> pseudoRandomKeys() {
    return keys.stream().map(key -> HmacKey.of(Hkdf.extract(realm, key))).toList();
  }

  @Override
  public String toString() {
    return "MasterKeys(" + keys.size() + ", redacted)";
  }
}
