// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402ConfigException;
import io.l402.L402Credential;
import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.Preimage;
import io.l402.RejectionReason;
import io.l402.RequestHeaders;
import io.l402.TokenId;
import io.l402.VerifiedL402;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.keys.RootKeyStoreException;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import io.l402.macaroon.RootKey;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class L402GateTest {
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final ServicePolicy API =
      ServicePolicy.builder("api")
          .price(MilliSatoshi.ofSat(10))
          .timeout(Duration.ofHours(1))
          .capabilities(List.of("read", "write"))
          .constraints(Map.of("region", "eu"))
          .build();
  private static final ServicePolicy OTHER = ServicePolicy.builder("other").build();

  private Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final Clock clock =
      new Clock() {
        @Override
        public java.time.ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final StubNode node = new StubNode(clock);
  private final List<String> events = new ArrayList<>();
  private final Keys keys = new Keys();
  private final Revoked revoked = new Revoked();

  private static final class Keys implements RootKeyStore {
    RootKey key = RootKey.of(new byte[32]);
    boolean down;
    boolean forgetful;

    @Override
    public RootKey create(L402Identifier identifier) {
      if (down) {
        throw new RootKeyStoreException("down");
      }
      return key;
    }

    @Override
    public List<RootKey> candidates(L402Identifier identifier) {
      return forgetful ? List.of() : List.of(create(identifier));
    }
  }

  private static final class Revoked implements RevocationList {
    final Set<TokenId> tokens = new HashSet<>();

    @Override
    public boolean isRevoked(TokenId tokenId) {
      return tokens.contains(tokenId);
    }

    @Override
    public void revoke(TokenId tokenId, Instant until) {
      tokens.add(tokenId);
    }
  }

  private final L402Listener listener =
      new L402Listener() {
        @Override
        public void minted(String service, L402Identifier identifier, MilliSatoshi amount) {
          events.add("minted " + service + " " + amount);
        }

        @Override
        public void granted(VerifiedL402 token) {
          events.add("granted " + token.service());
        }

        @Override
        public void rejected(String service, RejectionReason reason) {
          events.add("rejected " + service + " " + reason.code());
        }
      };

  private GuardedBackend guarded() {
    return GuardedBackend.builder(node).network(Network.REGTEST).clock(clock).build();
  }

  private L402GateBuilder builder(ServicePolicy... services) {
    return L402Gate.builder(keys, List.of(services))
        .backend(guarded())
        .revocations(revoked)
        .listener(listener)
        .clock(clock);
  }

  private static AccessRequest get(ServicePolicy service, String path, String... authorization) {
    RequestHeaders headers =
        name -> name.equalsIgnoreCase("Authorization") ? List.of(authorization) : List.of();
    return AccessRequest.of(service, "GET", path, headers, CLIENT);
  }

  private static AccessRequest get(ServicePolicy service) {
    return get(service, "/");
  }

  private static Decision decide(L402Gate gate, AccessRequest request) {
    CompletableFuture<Decision> decision = gate.decide(request).toCompletableFuture();
    assertTrue(decision.isDone());
    return decision.join();
  }

  private static L402Challenge challenge(L402Gate gate, AccessRequest request) {
    Decision decision = decide(gate, request);
    return assertInstanceOf(Decision.PaymentRequired.class, decision).challenge();
  }

  private L402Credential buy(L402Gate gate, AccessRequest request) {
    L402Challenge challenge = challenge(gate, request);
    node.states.put(challenge.invoice().paymentHash(), InvoiceState.SETTLED);
    return challenge.withPreimage(node.preimages.get(challenge.invoice().paymentHash()));
  }

  private static void assertRejected(String reason, Decision decision) {
    Decision.PaymentRequired required = assertInstanceOf(Decision.PaymentRequired.class, decision);
    assertEquals(reason, required.reason().map(RejectionReason::code).orElse("none"));
  }

  private static List<String> caveats(Macaroon macaroon) {
    return macaroon.caveats().stream()
        .map(MacaroonCaveat::id)
        .map(id -> new String(id, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void asksForPaymentWhenThereIsNoCredential() {
    L402Gate gate = builder(API).publicHost("api.example.com").build();
    L402Challenge challenge = challenge(gate, get(API));
    assertEquals(Optional.of(MilliSatoshi.ofSat(10)), challenge.invoice().amount());
    assertEquals(Optional.of("L402 api api.example.com"), challenge.invoice().description());
    assertEquals(now.plusSeconds(600), challenge.invoice().expiresAt());
    assertEquals("lsat", challenge.macaroon().location());
    assertEquals(
        List.of(
            "services=api:0",
            "api_capabilities=read,write",
            "region=eu",
            "api_valid_until=1800003600"),
        caveats(challenge.macaroon()));
    assertEquals(List.of("minted api 10sat"), events);
  }

  @Test
  void grantsATokenThatWasPaidFor() {
    L402Gate gate = builder(API).build();
    L402Credential token = buy(gate, get(API));
    Decision decision = decide(gate, get(API, "/", token.toAuthorization()));
    VerifiedL402 verified = assertInstanceOf(Decision.Granted.class, decision).token();
    assertEquals("api:0", verified.service().toString());
    assertEquals(token.identifier(), verified.identifier());
    assertEquals("granted api:0", events.get(1));
    assertFalse(verified.toString().contains(token.preimage().toHex()));
  }

  @Test
  void grantsWhatAHolderAttenuated() {
    L402Gate gate = builder(API).build();
    L402Credential token = buy(gate, get(API));
    Macaroon narrower =
        token
            .macaroons()
            .get(0)
            .attenuate("api_capabilities=read".getBytes(StandardCharsets.UTF_8));
    L402Credential passedOn = L402Credential.of(List.of(narrower), token.preimage());
    assertInstanceOf(
        Decision.Granted.class, decide(gate, get(API, "/", passedOn.toAuthorization())));
  }

  @Test
  void everyMacaroonOfACredentialMustClear() {
    L402Gate gate = builder(API).build();
    L402Credential token = buy(gate, get(API));
    Macaroon ended =
        token.macaroons().get(0).attenuate("api_valid_until=1".getBytes(StandardCharsets.UTF_8));
    L402Credential both =
        L402Credential.of(List.of(token.macaroons().get(0), ended), token.preimage());
    assertRejected("expired", decide(gate, get(API, "/", both.toAuthorization())));
    Macaroon forged =
        Macaroon.mint(RootKey.of(filled(9)), "", token.identifier().toByteArray(), List.of());
    L402Credential withForged =
        L402Credential.of(List.of(token.macaroons().get(0), forged), token.preimage());
    assertRejected("bad_signature", decide(gate, get(API, "/", withForged.toAuthorization())));
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Nested
  class Refusals {
    private final L402Gate gate = builder(API, OTHER).build();
    private final L402Credential token = buy(gate, get(API));

    private Decision present(ServicePolicy service) {
      return decide(gate, get(service, "/", token.toAuthorization()));
    }

    @Test
    void ofAMalformedCredential() {
      assertRejected("malformed", decide(gate, get(API, "/", "L402 nonsense")));
      assertEquals("rejected api malformed", events.get(1));
    }

    @Test
    void ofAWrongPreimage() {
      L402Credential wrong = L402Credential.of(token.macaroons(), Preimage.of(filled(5)));
      assertRejected("wrong_preimage", decide(gate, get(API, "/", wrong.toAuthorization())));
    }

    @Test
    void ofAForeignSignature() {
      keys.key = RootKey.of(filled(3));
      assertRejected("bad_signature", present(API));
    }

    @Test
    void ofATokenWhoseKeyIsNotKnown() {
      keys.forgetful = true;
      assertRejected("unknown_token", present(API));
    }

    @Test
    void ofARevokedToken() {
      revoked.revoke(token.identifier().tokenId(), Instant.MAX);
      assertRejected("revoked", present(API));
    }

    @Test
    void ofAnExpiredToken() {
      now = now.plus(Duration.ofHours(1));
      assertRejected("expired", present(API));
    }

    @Test
    void ofAnotherServicesToken() {
      assertRejected("wrong_service", present(OTHER));
    }

    @Test
    void ofAWidenedToken() {
      byte[] wider = "services=api:0,other:0".getBytes(StandardCharsets.UTF_8);
      L402Credential widened =
          L402Credential.of(List.of(token.macaroons().get(0).attenuate(wider)), token.preimage());
      assertRejected("caveat", decide(gate, get(OTHER, "/", widened.toAuthorization())));
    }
  }

  @Nested
  class Free {
    private Decision.Free.Why why(Decision decision) {
      return assertInstanceOf(Decision.Free.class, decision).why();
    }

    @Test
    void servicesThatAreOff() {
      ServicePolicy off = ServicePolicy.builder("open").auth(AuthLevel.OFF).build();
      L402Gate gate = L402Gate.builder(keys, List.of(off)).build();
      assertEquals(Decision.Free.Why.AUTH_OFF, why(decide(gate, get(off))));
    }

    @Test
    void whitelistedPaths() {
      AccessRequest request =
          new AccessRequest(API, "GET", "/", RequestHeaders.NONE, CLIENT, true, false);
      assertEquals(Decision.Free.Why.WHITELISTED, why(decide(builder(API).build(), request)));
    }

    @Test
    void requestsWhosePriceIsZero() {
      ServicePolicy zero =
          ServicePolicy.builder("zero").pricer(Pricer.computed(r -> MilliSatoshi.ZERO)).build();
      assertEquals(Decision.Free.Why.PRICE_ZERO, why(decide(builder(zero).build(), get(zero))));
    }

    @Test
    void onlyWithinTheLimitsOfTheService() {
      ServicePolicy zero =
          ServicePolicy.builder("zero").pricer(Pricer.computed(r -> MilliSatoshi.ZERO)).build();
      ServicePolicy off = ServicePolicy.builder("off").auth(AuthLevel.OFF).build();
      L402Gate gate =
          builder(zero, off)
              .serviceLimiter((request, token) -> Optional.of(Duration.ofSeconds(3)))
              .build();
      for (ServicePolicy service : List.of(zero, off)) {
        assertEquals(new Decision.Throttled(Duration.ofSeconds(3)), decide(gate, get(service)));
      }
    }

    @Test
    void freebiesUntilTheyAreUsedUp() {
      ServicePolicy some = ServicePolicy.builder("some").auth(AuthLevel.freebie(2)).build();
      CountingFreebies freebies = new CountingFreebies();
      L402Gate gate = builder(some).freebies(freebies).build();
      assertEquals(Decision.Free.Why.FREEBIE, why(decide(gate, get(some))));
      assertEquals(Decision.Free.Why.FREEBIE, why(decide(gate, get(some))));
      assertInstanceOf(Decision.PaymentRequired.class, decide(gate, get(some)));
    }

    @Test
    void aValidTokenUsesUpNoFreebie() {
      ServicePolicy some = ServicePolicy.builder("some").auth(AuthLevel.freebie(1)).build();
      CountingFreebies freebies = new CountingFreebies();
      L402Gate gate = builder(some).freebies(freebies).build();
      decide(gate, get(some));
      L402Credential token = buy(gate, get(some));
      assertInstanceOf(
          Decision.Granted.class, decide(gate, get(some, "/", token.toAuthorization())));
      assertEquals(1, freebies.used);
    }

    @Test
    void aThrottledFreebieIsGivenBack() {
      ServicePolicy some = ServicePolicy.builder("some").auth(AuthLevel.freebie(1)).build();
      CountingFreebies freebies = new CountingFreebies();
      L402Gate gate =
          builder(some)
              .freebies(freebies)
              .serviceLimiter((request, token) -> Optional.of(Duration.ofSeconds(3)))
              .build();
      assertEquals(new Decision.Throttled(Duration.ofSeconds(3)), decide(gate, get(some)));
      assertEquals(0, freebies.used);
    }
  }

  private static final class CountingFreebies implements FreebieStore {
    int used;

    @Override
    public boolean tryConsume(String service, InetAddress client, int allowed) {
      return used < allowed && ++used > 0;
    }

    @Override
    public void giveBack(String service, InetAddress client) {
      used--;
    }
  }

  @Nested
  class Limits {
    @Test
    void blockedClientsAreForbiddenBeforeAnythingElse() {
      L402Gate gate = builder(API).blocklist(CLIENT::equals).build();
      AccessRequest request =
          new AccessRequest(API, "GET", "/", RequestHeaders.NONE, CLIENT, true, false);
      assertEquals(new Decision.Forbidden(), decide(gate, request));
    }

    @Test
    void pathsWithoutInvoicesAreUnauthorizedAndCostNothing() {
      AccessRequest request =
          new AccessRequest(API, "GET", "/", RequestHeaders.NONE, CLIENT, false, true);
      assertEquals(new Decision.Unauthorized(), decide(builder(API).build(), request));
      assertTrue(node.requests.isEmpty());
    }

    @Test
    void tokensAreLimitedByTheirIdOnceVerified() {
      List<Optional<TokenId>> asked = new ArrayList<>();
      L402Gate gate =
          builder(API)
              .serviceLimiter(
                  (request, token) -> {
                    asked.add(token);
                    return Optional.of(Duration.ofSeconds(9));
                  })
              .build();
      L402Credential token = buy(gate, get(API));
      assertTrue(asked.isEmpty());
      Decision decision = decide(gate, get(API, "/", token.toAuthorization()));
      assertEquals(new Decision.Throttled(Duration.ofSeconds(9)), decision);
      assertEquals(List.of(Optional.of(token.identifier().tokenId())), asked);
    }

    @Test
    void challengesAreLimitedAndRefusedCredentialsCount() {
      AtomicInteger left = new AtomicInteger(1);
      L402Gate gate =
          builder(API)
              .challengeLimiter(
                  client ->
                      left.getAndDecrement() > 0
                          ? Optional.empty()
                          : Optional.of(Duration.ofSeconds(6)))
              .build();
      assertRejected("malformed", decide(gate, get(API, "/", "L402 x")));
      assertEquals(new Decision.Throttled(Duration.ofSeconds(6)), decide(gate, get(API)));
      assertEquals(1, node.requests.size());
    }
  }

  @Nested
  class ComputedPrices {
    private final AtomicInteger sat = new AtomicInteger(5);
    private final ServicePolicy report =
        ServicePolicy.builder("report")
            .pricer(Pricer.computed(request -> MilliSatoshi.ofSat(sat.get())))
            .build();
    private final L402Gate gate = builder(report).build();

    @Test
    void bindTheTokenToAmountAndResource() {
      L402Challenge challenge = challenge(gate, get(report, "/r/1"));
      List<String> caveats = caveats(challenge.macaroon());
      assertEquals("l402_amount_msat=5000", caveats.get(1));
      assertTrue(caveats.get(2).startsWith("l402_resource=GET:"), caveats.get(2));
    }

    @Test
    void grantTheResourceThatWasPaidForAndNoOther() {
      L402Credential token = buy(gate, get(report, "/r/1"));
      assertInstanceOf(
          Decision.Granted.class, decide(gate, get(report, "/r/1", token.toAuthorization())));
      assertRejected("wrong_service", decide(gate, get(report, "/r/2", token.toAuthorization())));
    }

    @Test
    void refuseATokenThatWasCheaperThanThePriceNow() {
      L402Credential token = buy(gate, get(report, "/r/1"));
      sat.set(6);
      assertRejected("caveat", decide(gate, get(report, "/r/1", token.toAuthorization())));
    }

    @Test
    void thatFailRefuseEverything() {
      L402Credential token = buy(gate, get(report, "/r/1"));
      ServicePolicy broken =
          ServicePolicy.builder("report")
              .pricer(
                  Pricer.computed(
                      request -> {
                        throw new IllegalStateException("no price");
                      }))
              .build();
      L402Gate gate = builder(broken).build();
      assertInstanceOf(Decision.Unavailable.class, decide(gate, get(broken, "/r/1")));
      assertInstanceOf(
          Decision.Unavailable.class, decide(gate, get(broken, "/r/1", token.toAuthorization())));
    }
  }

  @Nested
  class Failures {
    @Test
    void ofTheNodeLeaveSoldTokensWorking() {
      L402Gate gate = builder(API).build();
      L402Credential token = buy(gate, get(API));
      node.down = true;
      assertInstanceOf(
          Decision.Granted.class, decide(gate, get(API, "/", token.toAuthorization())));
      Decision.Unavailable refused =
          assertInstanceOf(Decision.Unavailable.class, decide(gate, get(API)));
      assertFalse(refused.retryAfter().isNegative());
    }

    @Test
    void ofTheKeyStoreGrantNothing() {
      L402Gate gate = builder(API).build();
      L402Credential token = buy(gate, get(API));
      keys.down = true;
      assertInstanceOf(
          Decision.Unavailable.class, decide(gate, get(API, "/", token.toAuthorization())));
      assertInstanceOf(Decision.Unavailable.class, decide(gate, get(API)));
    }

    @Test
    void ofAListenerChangeNothing() {
      L402Gate gate =
          builder(API)
              .listener(
                  new L402Listener() {
                    @Override
                    public void minted(String s, L402Identifier i, MilliSatoshi a) {
                      throw new IllegalStateException("listener");
                    }

                    @Override
                    public void granted(VerifiedL402 token) {
                      throw new NoClassDefFoundError("listener");
                    }
                  })
              .build();
      L402Credential token = buy(gate, get(API));
      assertInstanceOf(
          Decision.Granted.class, decide(gate, get(API, "/", token.toAuthorization())));
    }

    @Test
    void ofAnApplicationThatThrowsAnErrorRefuse() {
      ServicePolicy broken =
          ServicePolicy.builder("broken")
              .pricer(
                  Pricer.computed(
                      r -> {
                        throw new NoClassDefFoundError("price");
                      }))
              .build();
      assertInstanceOf(Decision.Unavailable.class, decide(builder(broken).build(), get(broken)));
    }

    @Test
    void ofHeadersRefuse() {
      L402Gate gate = builder(API).build();
      RequestHeaders broken =
          name -> {
            throw new IllegalStateException("headers");
          };
      assertInstanceOf(
          Decision.Unavailable.class,
          decide(gate, AccessRequest.of(API, "GET", "/", broken, CLIENT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET ", "GET:x", "G\u00cbT", "G\ud800", "GET\r\n"})
    void ofTheCallerToCheckTheMethodAreFoundOut(String method) {
      assertThrows(
          IllegalArgumentException.class,
          () -> AccessRequest.of(API, method, "/", RequestHeaders.NONE, CLIENT));
      assertThrows(
          IllegalArgumentException.class,
          () -> AccessRequest.of(API, "M".repeat(33), "/", RequestHeaders.NONE, CLIENT));
    }

    @Test
    void aServiceTheGateDoesNotKnowIsRefused() {
      ServicePolicy off = ServicePolicy.builder("open").auth(AuthLevel.OFF).build();
      assertInstanceOf(Decision.Unavailable.class, decide(builder(API).build(), get(off)));
    }
  }

  @Nested
  class PricesThatAreAskedFor {
    private final CompletableFuture<MilliSatoshi> price = new CompletableFuture<>();
    private final ServicePolicy asked =
        ServicePolicy.builder("asked").pricer(request -> price).build();
    private final AtomicInteger places = new AtomicInteger(1);

    private Optional<Runnable> place(InetAddress client) {
      return places.getAndUpdate(left -> Math.max(0, left - 1)) > 0
          ? Optional.of(places::incrementAndGet)
          : Optional.empty();
    }

    private L402Gate gate(ServicePolicy... services) {
      return builder(services).priceLimiter(this::place).build();
    }

    @Test
    void aClientThatHasNoPlaceLeftIsToldToComeAgain() {
      L402Gate gate = gate(asked);
      CompletableFuture<Decision> waiting = gate.decide(get(asked)).toCompletableFuture();
      Decision.Throttled refused =
          assertInstanceOf(Decision.Throttled.class, decide(gate, get(asked)));
      assertEquals(Duration.ofSeconds(1), refused.retryAfter());
      price.complete(MilliSatoshi.ofSat(3));
      assertInstanceOf(Decision.PaymentRequired.class, waiting.join());
      assertInstanceOf(Decision.PaymentRequired.class, decide(gate, get(asked)));
      assertEquals(1, places.get());
    }

    @Test
    void aPriceThatFailsGivesItsPlaceBack() {
      price.completeExceptionally(new IllegalStateException("expected by a test"));
      List<Pricer> failing =
          List.of(
              request -> price,
              request -> null,
              request -> {
                throw new IllegalStateException("expected by a test");
              });
      for (Pricer pricer : failing) {
        ServicePolicy service = ServicePolicy.builder("failing").pricer(pricer).build();
        assertInstanceOf(Decision.Unavailable.class, decide(gate(service), get(service)));
        assertEquals(1, places.get());
      }
    }

    @Test
    void whatIsKnownHereTakesNoPlace() {
      places.set(0);
      ServicePolicy computed =
          ServicePolicy.builder("computed")
              .pricer(Pricer.computed(request -> MilliSatoshi.ofSat(2)))
              .build();
      L402Gate gate = gate(API, computed);
      assertInstanceOf(Decision.PaymentRequired.class, decide(gate, get(API)));
      assertInstanceOf(Decision.PaymentRequired.class, decide(gate, get(computed)));
    }

    @Test
    void aTokenNeedsNoPlace() {
      price.complete(MilliSatoshi.ofSat(3));
      L402Gate gate = gate(asked);
      L402Credential token = buy(gate, get(asked));
      places.set(0);
      assertInstanceOf(
          Decision.Granted.class, decide(gate, get(asked, "/", token.toAuthorization())));
    }
  }

  @Nested
  class StrictMode {
    private final L402Gate gate = builder(API).strictVerify(true).build();
    private final L402Credential token = buy(gate, get(API));
    private final AccessRequest request = get(API, "/", token.toAuthorization());

    private void state(InvoiceState state) {
      node.states.put(token.identifier().paymentHash(), state);
    }

    @Test
    void grantsWhatIsSettledAndAsksOnce() {
      assertInstanceOf(Decision.Granted.class, decide(gate, request));
      node.down = true;
      assertInstanceOf(Decision.Granted.class, decide(gate, request));
      assertEquals(1, node.lookups);
    }

    @Test
    void isUnavailableWhileThePaymentIsUnderWay() {
      for (InvoiceState state : List.of(InvoiceState.OPEN, InvoiceState.ACCEPTED)) {
        state(state);
        Decision.Unavailable refused =
            assertInstanceOf(Decision.Unavailable.class, decide(gate, request));
        assertEquals(Optional.of(RejectionReason.UNSETTLED), refused.reason());
      }
    }

    @Test
    void asksForAnotherPaymentWhenTheInvoiceCannotBePaid() {
      state(InvoiceState.CANCELED);
      assertRejected("unsettled", decide(gate, request));
      node.states.clear();
      assertRejected("unsettled", decide(gate, request));
    }

    @Test
    void isUnavailableWhileTheNodeIsDown() {
      node.down = true;
      Decision.Unavailable refused =
          assertInstanceOf(Decision.Unavailable.class, decide(gate, request));
      assertEquals(Optional.of(RejectionReason.UNSETTLED), refused.reason());
    }

    @Test
    void lookupsOfOneInvoiceShareACall() {
      node.pendingLookup = new CompletableFuture<>();
      List<CompletableFuture<Decision>> decisions = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        decisions.add(gate.decide(request).toCompletableFuture());
      }
      assertTrue(decisions.stream().noneMatch(CompletableFuture::isDone));
      node.pendingLookup.complete(Optional.of(InvoiceState.SETTLED));
      for (CompletableFuture<Decision> decision : decisions) {
        assertInstanceOf(Decision.Granted.class, decision.join());
      }
      assertEquals(1, node.lookups);
    }

    @Test
    void gatesMayShareWhatTheyKnow() {
      Settlements shared = Settlements.of(guarded());
      L402Gate first = builder(API).strictVerify(true).settlements(shared).build();
      L402Gate second = builder(API).strictVerify(true).settlements(shared).build();
      assertInstanceOf(Decision.Granted.class, decide(first, request));
      node.down = true;
      assertInstanceOf(Decision.Granted.class, decide(second, request));
      L402Gate other = builder(API).strictVerify(true).build();
      assertInstanceOf(Decision.Unavailable.class, decide(other, request));
    }

    @Test
    void sharedKnowledgeAloneAsksNothing() {
      node.states.clear();
      L402Gate lenient = builder(API).settlements(Settlements.of(guarded())).build();
      assertInstanceOf(Decision.Granted.class, decide(lenient, request));
      assertEquals(0, node.lookups);
    }

    @Test
    void isRefusedAtStartWhenTheBackendCannotLookUp() {
      node.capabilities.remove(Capability.LOOKUP);
      L402ConfigException refused =
          assertThrows(L402ConfigException.class, () -> builder(API).strictVerify(true).build());
      assertTrue(refused.getMessage().contains("strictverify"));
    }
  }

  @Nested
  class Start {
    @Test
    void reportsEverythingThatIsWrongAtOnce() {
      ServicePolicy huge =
          ServicePolicy.builder("huge").constraints(Map.of("note", "x".repeat(1000))).build();
      ServicePolicy free = ServicePolicy.builder("api").auth(AuthLevel.freebie(1)).build();
      ServicePolicy taken =
          ServicePolicy.builder("taken").constraints(Map.of("l402_x", "1")).build();
      L402ConfigException refused =
          assertThrows(
              L402ConfigException.class,
              () -> L402Gate.builder(keys, List.of(API, free, huge, taken)).build());
      for (String part : List.of("api: there is another", "backend", "auth", "huge", "l402_x")) {
        assertTrue(refused.getMessage().contains(part), part + " in " + refused.getMessage());
      }
    }

    @Test
    void refusesTokensThatNoMacaroonCouldHold() {
      Map<String, String> many = new java.util.HashMap<>();
      for (int i = 0; i < 40; i++) {
        many.put("c" + i, "1");
      }
      for (Map<String, String> constraints : List.of(many, Map.of("note", "x".repeat(5_000)))) {
        ServicePolicy huge = ServicePolicy.builder("huge").constraints(constraints).build();
        L402ConfigException refused =
            assertThrows(L402ConfigException.class, () -> builder(huge).build());
        assertTrue(refused.getMessage().contains("1024"), refused.getMessage());
      }
    }

    @Test
    void invoicesNeverOutliveTheToken() {
      ServicePolicy brief = ServicePolicy.builder("brief").timeout(Duration.ofSeconds(60)).build();
      decide(builder(brief).build(), get(brief));
      assertEquals(Duration.ofSeconds(60), node.requests.get(0).expiry());
    }

    @Test
    void memosHoldNoControlCharacters() {
      decide(builder(API).publicHost("a\u202eb\nc" + "\u26a1".repeat(300)).build(), get(API));
      String memo = node.requests.get(0).memo();
      assertTrue(memo.startsWith("L402 api abc\u26a1"), memo);
      assertTrue(memo.getBytes(StandardCharsets.UTF_8).length <= InvoiceRequest.MAX_MEMO_BYTES);
    }
  }

  @Test
  void anAmountThatTheNodeRoundsUpIsWhatTheTokenSays() {
    node.capabilities.remove(Capability.MSAT);
    ServicePolicy odd =
        ServicePolicy.builder("odd").pricer(Pricer.computed(r -> new MilliSatoshi(1_500))).build();
    L402Challenge challenge = challenge(builder(odd).build(), get(odd));
    assertEquals(Optional.of(MilliSatoshi.ofSat(2)), challenge.invoice().amount());
    assertEquals("l402_amount_msat=2000", caveats(challenge.macaroon()).get(1));
  }

  @Test
  void backendFailuresAreHeard() {
    List<LightningException> heard = new ArrayList<>();
    L402Gate gate =
        builder(API)
            .listener(
                new L402Listener() {
                  @Override
                  public void backendFailed(LightningException failure) {
                    heard.add(failure);
                  }
                })
            .build();
    node.down = true;
    decide(gate, get(API));
    assertEquals(1, heard.size());
  }
}
