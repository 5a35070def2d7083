// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.util.Arrays;
import java.util.Objects;

/** A caveat as it stands in a macaroon: bytes, and for a third party where to discharge it. */
public sealed interface MacaroonCaveat {
  /** The caveat's bytes: for a first party the condition, for a third party its identifier. */
  byte[] id();

  /** The length of {@link #id} in bytes, without a copy. */
  int length();

  /** Whether {@link #id} begins with these bytes, without a copy. */
  boolean startsWith(byte[] prefix);

  /** A condition the verifier checks itself. */
  final class FirstParty implements MacaroonCaveat {
    private final byte[] id;

    FirstParty(byte[] id) {
      this.id = id;
    }

    /** A first-party caveat of these bytes, which are copied. */
    public static FirstParty of(byte[] id) {
      return new FirstParty(id.clone());
    }

    @Override
    public byte[] id() {
      return id.clone();
    }

    @Override
    public int length() {
      return id.length;
    }

    @Override
    public boolean startsWith(byte[] prefix) {
      return prefix.length <= id.length
          && Arrays.equals(id, 0, prefix.length, prefix, 0, prefix.length);
    }

    byte[] rawId() {
      return id;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FirstParty that && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
      return "FirstParty(" + id.length + " bytes)";
    }
  }

  /** A condition that somebody else vouches for. Carried, but a credential with one is refused. */
  final class ThirdParty implements MacaroonCaveat {
    private final byte[] id;
    private final byte[] verificationId;
    private final byte[] location;

    ThirdParty(byte[] id, byte[] verificationId, byte[] location) {
      this.id = id;
      this.verificationId = verificationId;
      this.location = location;
    }

    /**
     * A third-party caveat of these bytes, which are copied; an empty location is none.
     *
     * @throws IllegalArgumentException if the verification id is empty: that is a first party's
     */
    public static ThirdParty of(byte[] id, byte[] verificationId, byte[] location) {
      Objects.requireNonNull(location, "location");
      if (verificationId.length == 0) {
        throw new IllegalArgumentException("third-party caveat: the verification id is empty");
      }
      return new ThirdParty(id.clone(), verificationId.clone(), location.clone());
    }

    @Override
    public byte[] id() {
      return id.clone();
    }

    @Override
    public int length() {
      return id.length;
    }

    @Override
    public boolean startsWith(byte[] prefix) {
      return prefix.length <= id.length
          && Arrays.equals(id, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The encrypted caveat root key. */
    public byte[] verificationId() {
      return verificationId.clone();
    }

    /** Where to get the discharge; not signed, empty if there is none. */
    public byte[] location() {
      return location.clone();
    }

    byte[] rawId() {
      return id;
    }

    byte[] rawVerificationId() {
      return verificationId;
    }

    byte[] rawLocation() {
      return location;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ThirdParty that
          && Arrays.equals(id, that.id)
          && Arrays.equals(verificationId, that.verificationId)
          && Arrays.equals(location, that.location);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
      return "ThirdParty(" + id.length + " bytes)";
    }
  }
}
