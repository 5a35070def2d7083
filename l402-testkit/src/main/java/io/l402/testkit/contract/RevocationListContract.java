// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.TokenId;
import io.l402.keys.RevocationList;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link RevocationList} must do. Extend it and say how to make one. */
public abstract class RevocationListContract {
  private static final int MANY = 40;

  /** Later than any clock that a test may use. */
  private static final Instant FAR = Instant.ofEpochSecond(32_503_680_000L);

  private final SecureRandom random = new SecureRandom();

  /** For the subclass. */
  protected RevocationListContract() {}

  /** An empty list; it is asked for once in a test. */
  protected abstract RevocationList list();

  /** Nothing is revoked that nobody revoked. */
  @Test
  public void aTokenIsNotRevokedUnlessSomebodyDidIt() {
    RevocationList list = list();
    assertFalse(list.isRevoked(tokenId()));
    list.revoke(tokenId(), FAR);
    assertFalse(list.isRevoked(tokenId()));
  }

  /** A revocation counts from the moment that the call returns. */
  @Test
  public void aRevokedTokenIsRevokedAtOnce() {
    RevocationList list = list();
    for (int i = 0; i < MANY; i++) {
      TokenId tokenId = tokenId();
      list.revoke(tokenId, FAR);
      assertTrue(list.isRevoked(tokenId));
    }
  }

  /** An equal token id, read from a request, is the same token. */
  @Test
  public void findsAnEqualTokenId() {
    RevocationList list = list();
    TokenId tokenId = tokenId();
    list.revoke(tokenId, FAR);
    assertTrue(list.isRevoked(TokenId.ofHex(tokenId.toHex())));
  }

  /** A token without an end can be revoked for ever. */
  @Test
  public void canKeepATokenForEver() {
    RevocationList list = list();
    TokenId tokenId = tokenId();
    list.revoke(tokenId, Instant.MAX);
    assertTrue(list.isRevoked(tokenId));
  }

  /** Whoever is not sure may do it again. */
  @Test
  public void revokingTwiceIsNoError() {
    RevocationList list = list();
    TokenId tokenId = tokenId();
    list.revoke(tokenId, FAR);
    list.revoke(tokenId, FAR);
    assertTrue(list.isRevoked(tokenId));
  }

  /** A second revocation with an earlier end does not shorten the first. */
  @Test
  public void revokingAgainNeverShortens() {
    RevocationList list = list();
    TokenId tokenId = tokenId();
    list.revoke(tokenId, Instant.MAX);
    list.revoke(tokenId, Instant.EPOCH);
    for (int i = 0; i < MANY; i++) {
      list.revoke(tokenId(), FAR);
    }
    assertTrue(list.isRevoked(tokenId));
  }

  /** Threads do not lose each other's revocations. */
  @Test
  public void worksFromManyThreads() throws InterruptedException, ExecutionException {
    RevocationList list = list();
    List<TokenId> all = new ArrayList<>();
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      TokenId tokenId = tokenId();
      all.add(tokenId);
      work.add(() -> revokedAndFound(list, tokenId));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> found : threads.invokeAll(work)) {
        assertTrue(found.get());
      }
    } finally {
      threads.shutdownNow();
    }
    all.forEach(tokenId -> assertTrue(list.isRevoked(tokenId)));
  }

  private static boolean revokedAndFound(RevocationList list, TokenId tokenId) {
    list.revoke(tokenId, FAR);
    return list.isRevoked(tokenId);
  }

  private TokenId tokenId() {
    return TokenId.random(random);
  }
}
