// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402Identifier;
import io.l402.crypto.HmacKey;
import io.l402.macaroon.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Root keys that are computed and never stored: HKDF of a master key, with the identifier as info.
 * No lock, no I/O.
 */
final class DerivedRootKeyStore implements RootKeyStore {
  private static final byte[] LABEL = "l402 root key".getBytes(StandardCharsets.US_ASCII);

  /** What HKDF-Extract made of each master key: the same for every token. */
  private final List<HmacKey> keys;

  DerivedRootKeyStore(MasterKeys masterKeys) {
    this.keys = masterKeys.pseudoRandomKeys();
  }

  @Override
  public RootKey create(L402Identifier identifier) {
    return derive(0, info(identifier));
  }

  @Override
  public List<RootKey> candidates(L402Identifier identifier) {
    return new Candidates(info(identifier));
  }

  private RootKey derive(int index, byte[] info) {
    return RootKey.of(Hkdf.expand(keys.get(index), info, RootKey.LENGTH));
  }

  private static byte[] info(L402Identifier identifier) {
    byte[] id = identifier.toByteArray();
    byte[] info = Arrays.copyOf(LABEL, LABEL.length + id.length);
    System.arraycopy(id, 0, info, LABEL.length, id.length);
    return info;
  }

  /** Derives a key only when it is asked for: mostly the first one is right. */
  private final class Candidates extends AbstractList<RootKey> {
    private final byte[] info;

    Candidates(byte[] info) {
      this.info = info;
    }

    @Override
    public RootKey get(int index) {
      return derive(index, info);
    }

    @Override
    public int size() {
      return keys.size();
    }

    /** Says nothing of the keys, which the text of a list otherwise would. */
    @Override
    public String toString() {
      return "Candidates(" + size() + ")";
    }
  }

  @Override
  public String toString() {
    return "DerivedRootKeyStore(" + keys.size() + " keys, redacted)";
  }
}
