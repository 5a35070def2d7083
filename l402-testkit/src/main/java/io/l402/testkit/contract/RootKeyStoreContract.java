// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.TokenId;
import io.l402.keys.RootKeyStore;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link RootKeyStore} must do. Extend it and say how to make one. */
public abstract class RootKeyStoreContract {
  private static final int MANY = 200;

  private final SecureRandom random = new SecureRandom();

  /** For the subclass. */
  protected RootKeyStoreContract() {}

  /** A store with room for at least 1,000 tokens; each call within a test may give a new one. */
  protected abstract RootKeyStore store();

  /** A token that was minted can be verified. */
  @Test
  public void findsTheKeyItMade() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    RootKey made = store.create(identifier);
    assertTrue(store.candidates(identifier).contains(made));
  }

  /** What the store gives back signs and verifies a real token, as a verifier uses it. */
  @Test
  public void aTokenMintedWithItsKeyVerifiesUnderACandidate() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    byte[] id = identifier.toByteArray();
    Macaroon token = Macaroon.mint(store.create(identifier), "lsat", id, List.of());
    assertTrue(store.candidates(identifier).stream().anyMatch(token::verify));
  }

  /** An equal identifier, read from a request, is the same identifier. */
  @Test
  public void findsTheKeyByAnEqualIdentifier() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    RootKey made = store.create(identifier);
    assertTrue(store.candidates(L402Identifier.of(identifier.toByteArray())).contains(made));
  }

  /** Looking a key up twice gives the same answer, in the same order. */
  @Test
  public void givesTheSameCandidatesEveryTime() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    store.create(identifier);
    assertEquals(store.candidates(identifier), store.candidates(identifier));
  }

  /** A key of one token says nothing about another. */
  @Test
  public void everyTokenHasItsOwnKey() {
    RootKeyStore store = store();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      keys.add(HexFormat.of().formatHex(store.create(identifier()).toByteArray()));
    }
    assertEquals(MANY, keys.size());
  }

  /** Neither the same payment nor the same token id alone is the same token. */
  @Test
  public void bothPartsOfTheIdentifierCount() {
    RootKeyStore store = store();
    L402Identifier one = identifier();
    RootKey made = store.create(one);
    L402Identifier otherToken = new L402Identifier(one.paymentHash(), TokenId.random(random));
    L402Identifier otherPayment = new L402Identifier(identifier().paymentHash(), one.tokenId());
    assertFalse(store.candidates(otherToken).contains(made));
    assertFalse(store.candidates(otherPayment).contains(made));
    assertNotEquals(made, store.create(otherToken));
    assertNotEquals(made, store.create(otherPayment));
  }

  /** The key of one token is never a candidate for a token of which nothing is known. */
  @Test
  public void anUnknownTokenHasNobodyElsesKey() {
    RootKeyStore store = store();
    RootKey made = store.create(identifier());
    assertFalse(store.candidates(identifier()).contains(made));
  }

  /** Candidates cost a HMAC chain each: a foreign token must not cost many. */
  @Test
  public void hasAtMostFourCandidates() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    store.create(identifier);
    assertTrue(store.candidates(identifier).size() <= 4);
    assertTrue(store.candidates(identifier()).size() <= 4);
  }

  /** Minting again under an identifier does not end a token that was sold under it. */
  @Test
  public void creatingAgainKeepsWhatWasMinted() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    RootKey first = store.create(identifier);
    RootKey second = store.create(identifier);
    assertTrue(store.candidates(identifier).containsAll(List.of(first, second)));
  }

  /** Threads do not lose each other's keys. */
  @Test
  public void worksFromManyThreads() throws InterruptedException, ExecutionException {
    RootKeyStore store = store();
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      L402Identifier identifier = identifier();
      work.add(() -> store.candidates(identifier).size() <= 4 & madeAndFound(store, identifier));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> found : threads.invokeAll(work)) {
        assertTrue(found.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean madeAndFound(RootKeyStore store, L402Identifier identifier) {
    RootKey made = store.create(identifier);
    return store.candidates(identifier).contains(made);
  }

  /** A store holds secrets, and is the kind of thing that ends up in a log line. */
  @Test
  public void printsNoKey() {
    RootKeyStore store = store();
    L402Identifier identifier = identifier();
    String key = HexFormat.of().formatHex(store.create(identifier).toByteArray());
    String printed = store + " " + store.candidates(identifier);
    assertFalse(printed.contains(key), "toString prints a root key");
  }

  private L402Identifier identifier() {
    byte[] hash = new byte[PaymentHash.LENGTH];
    random.nextBytes(hash);
    return new L402Identifier(PaymentHash.of(hash), TokenId.random(random));
  }
}
