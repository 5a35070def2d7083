// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.l402.lnd.fake.proto.MacaroonId;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import io.l402.macaroon.MalformedMacaroonException;
import io.l402.macaroon.RootKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bakes macaroons as lnd does, and judges those that come back, with lnd's texts. */
final class Bakery {
  private static final byte VERSION = 3;
  private static final String TIME_BEFORE = "time-before ";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, RootKey> rootKeys = new ConcurrentHashMap<>();
  private final Clock clock;

  Bakery(Clock clock) {
    this.clock = clock;
  }

  Macaroon bake(long rootKeyId, List<String> permissions) {
    String storageId = Long.toString(rootKeyId);
    RootKey key = rootKeys.computeIfAbsent(storageId, id -> RootKey.random(random));
    return Macaroon.mint(key, "lnd", identifier(storageId, permissions), List.of());
  }

  private byte[] identifier(String storageId, List<String> permissions) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    ByteString id =
        MacaroonId.newBuilder()
            .setNonce(ByteString.copyFrom(nonce))
            .setStorageId(ByteString.copyFromUtf8(storageId))
            .addAllOps(Permissions.ops(permissions))
            .build()
            .toByteString();
    return ByteString.copyFrom(new byte[] {VERSION}).concat(id).toByteArray();
  }

  /** The same macaroon, of no use from some time from now on. */
  Macaroon expiring(Macaroon macaroon, Duration left) {
    String caveat = TIME_BEFORE + clock.instant().plus(left);
    return macaroon.attenuate(caveat.getBytes(StandardCharsets.UTF_8));
  }

  /** New root keys: no macaroon baked so far is of use any more. */
  void rotate() {
    rootKeys.replaceAll((id, key) -> RootKey.random(random));
  }

  /** What {@code lncli deletemacaroonid} does. */
  void delete(long rootKeyId) {
    rootKeys.remove(Long.toString(rootKeyId));
  }

  /**
   * Lets a call pass or not.
   *
   * @throws LndError with the reason
   */
  void check(String hex, String uri) {
    Macaroon macaroon = read(hex);
    MacaroonId id = identifier(macaroon.identifier());
    String storageId = id.getStorageId().toStringUtf8();
    RootKey key = rootKeys.get(storageId);
    if (key == null) {
      throw LndError.of("cannot get macaroon: root key with id " + storageId + " doesn't exist");
    }
    if (!macaroon.verify(key)) {
      throw LndError.of("verification failed: signature mismatch after caveat verification");
    }
    macaroon.caveats().forEach(this::checkCaveat);
    checkPermission(id, uri);
  }

  private static Macaroon read(String hex) {
    try {
      return Macaroon.of(HexFormat.of().parseHex(hex));
    } catch (MalformedMacaroonException e) {
      throw LndError.of("cannot determine data format of binary-encoded macaroon");
    } catch (IllegalArgumentException e) {
      throw LndError.of("encoding/hex: odd length hex string or invalid byte");
    }
  }

  private static MacaroonId identifier(byte[] identifier) {
    if (identifier.length == 0 || identifier[0] != VERSION) {
      throw LndError.of("unknown macaroon version");
    }
    try {
      return MacaroonId.parseFrom(ByteString.copyFrom(identifier).substring(1));
    } catch (InvalidProtocolBufferException e) {
      throw LndError.of("invalid ID");
    }
  }

  private void checkCaveat(MacaroonCaveat caveat) {
    String text = new String(caveat.id(), StandardCharsets.UTF_8);
    if (!text.startsWith(TIME_BEFORE)) {
      throw LndError.of("caveat \"" + text + "\" not satisfied: caveat not recognized");
    }
    if (!clock.instant().isBefore(time(text.substring(TIME_BEFORE.length())))) {
      throw LndError.of("caveat \"" + text + "\" not satisfied: macaroon has expired");
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }

  private static void checkPermission(MacaroonId id, String uri) {
    String needed =
        Permissions.needed(uri)
            .orElseThrow(() -> LndError.of(uri + ": unknown permissions required for method"));
    String[] op = needed.split(":");
    if (!Permissions.allow(id.getOpsList(), op[0], op[1])
        && !Permissions.allow(id.getOpsList(), "uri", uri)) {
      throw LndError.of("permission denied");
    }
  }
}
