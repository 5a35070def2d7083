// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402ConfigException;
import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.RejectionReason;
import io.l402.RequestHeaders;
import io.l402.VerifiedL402;
import io.l402.gate.Decision.DryRun;
import io.l402.gate.Decision.DryRun.Verdict;
import io.l402.keys.MasterKeys;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.Network;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Services that are only tried out. */
class DryRunTest {
  private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
  private static final ServiceLimiter NEVER =
      (request, token) -> Optional.of(Duration.ofSeconds(3));

  private final RootKeyStore keys =
      RootKeyStore.derived(MasterKeys.inMemory(new SecureRandom()).withRealm(""));
  private final StubNode node = new StubNode(Clock.systemUTC());
  private final Free real = new Free();
  private final Free dry = new Free();
  private final List<String> events = new ArrayList<>();

  private static final class Free implements FreebieStore {
    int used;

    @Override
    public boolean tryConsume(String service, InetAddress client, int allowed) {
      boolean left = used < allowed;
      used += left ? 1 : 0;
      return left;
    }

    @Override
    public void giveBack(String service, InetAddress client) {
      used--;
    }
  }

  private final L402Listener listener =
      new L402Listener() {
        @Override
        public void minted(String service, L402Identifier identifier, MilliSatoshi amount) {
          events.add("minted");
        }

        @Override
        public void granted(VerifiedL402 token) {
          events.add("granted");
        }

        @Override
        public void rejected(String service, RejectionReason reason) {
          events.add("rejected " + reason.code());
        }

        @Override
        public void dryRun(String service, DryRun decision) {
          events.add("dryrun " + service + " " + decision.verdict());
        }
      };

  private static ServicePolicy.Builder dry(String name) {
    return ServicePolicy.builder(name).dryRun(true);
  }

  private L402GateBuilder gate(ServicePolicy... services) {
    return L402Gate.builder(keys, List.of(services))
        .backend(GuardedBackend.builder(node).network(Network.REGTEST).build())
        .listener(listener);
  }

  private static AccessRequest get(ServicePolicy service, String... authorization) {
    RequestHeaders headers =
        name -> name.equalsIgnoreCase("Authorization") ? List.of(authorization) : List.of();
    return AccessRequest.of(service, "GET", "/", headers, CLIENT);
  }

  private static Decision decide(L402Gate gate, AccessRequest request) {
    CompletableFuture<Decision> decision = gate.decide(request).toCompletableFuture();
    assertTrue(decision.isDone());
    return decision.join();
  }

  private static void assertSaid(Verdict verdict, String reason, Decision decision) {
    DryRun dryRun = assertInstanceOf(DryRun.class, decision);
    assertEquals(verdict, dryRun.verdict());
    assertEquals(reason, dryRun.reason().map(RejectionReason::code).orElse(""));
  }

  @Test
  void saysThatPaymentIsRequiredWithoutAskingTheNodeForAnInvoice() {
    ServicePolicy service = dry("api").build();
    L402Gate gate = gate(service).build();
    assertSaid(Verdict.PAYMENT_REQUIRED, "", decide(gate, get(service)));
    assertSaid(Verdict.PAYMENT_REQUIRED, "malformed", decide(gate, get(service, "L402 x")));
    assertEquals(List.of(), node.requests);
    assertEquals(
        List.of("dryrun api PAYMENT_REQUIRED", "rejected malformed", "dryrun api PAYMENT_REQUIRED"),
        events);
  }

  @Test
  void grantsAndCountsATokenAsEver() {
    ServicePolicy sold = ServicePolicy.builder("api").build();
    L402Challenge challenge =
        assertInstanceOf(Decision.PaymentRequired.class, decide(gate(sold).build(), get(sold)))
            .challenge();
    String token =
        challenge
            .withPreimage(node.preimages.get(challenge.invoice().paymentHash()))
            .toAuthorization();
    node.states.put(challenge.invoice().paymentHash(), InvoiceState.SETTLED);
    ServicePolicy service = dry("api").build();
    assertInstanceOf(Decision.Granted.class, decide(gate(service).build(), get(service, token)));
    assertEquals(List.of("minted", "granted"), events);
    Decision throttled =
        decide(
            gate(service).dryRunCounts(NEVER, ChallengeLimiter.NONE, dry).build(),
            get(service, token));
    assertSaid(Verdict.THROTTLED, "", throttled);
  }

  @Test
  void usesUpNoRealFreeRequestAndNoRealLimit() {
    AtomicInteger counted = new AtomicInteger();
    ServicePolicy service = dry("api").auth(AuthLevel.freebie(1)).build();
    L402Gate gate =
        gate(service)
            .freebies(real)
            .serviceLimiter(
                (request, token) -> {
                  counted.incrementAndGet();
                  return Optional.empty();
                })
            .challengeLimiter(
                client -> {
                  counted.incrementAndGet();
                  return Optional.empty();
                })
            .dryRunCounts(ServiceLimiter.NONE, ChallengeLimiter.NONE, dry)
            .build();
    assertInstanceOf(Decision.Free.class, decide(gate, get(service)));
    assertSaid(Verdict.PAYMENT_REQUIRED, "", decide(gate, get(service)));
    assertEquals(1, dry.used);
    assertEquals(0, real.used);
    assertEquals(0, counted.get());
  }

  @Test
  void countsWhatIsNotTriedOutForReal() {
    ServicePolicy service = ServicePolicy.builder("api").auth(AuthLevel.freebie(1)).build();
    L402Gate gate =
        gate(service)
            .freebies(real)
            .dryRunCounts(ServiceLimiter.NONE, ChallengeLimiter.NONE, dry)
            .build();
    decide(gate, get(service));
    assertInstanceOf(Decision.PaymentRequired.class, decide(gate, get(service)));
    assertEquals(1, real.used);
    assertEquals(0, dry.used);
  }

  @Test
  void saysWhichLimitOnChallengesWouldHaveBeenHit() {
    ServicePolicy service = dry("api").build();
    L402Gate gate =
        gate(service)
            .dryRunCounts(ServiceLimiter.NONE, client -> Optional.of(Duration.ofSeconds(1)), dry)
            .build();
    assertSaid(Verdict.THROTTLED, "malformed", decide(gate, get(service, "L402 x")));
  }

  @Test
  void saysEveryOtherRefusal() {
    ServicePolicy service = dry("api").build();
    assertSaid(
        Verdict.FORBIDDEN,
        "",
        decide(gate(service).blocklist(client -> true).build(), get(service)));
    AccessRequest skipped =
        new AccessRequest(
            service,
            "GET",
            "/",
            name -> name.equals("Authorization") ? List.of("L402 x") : List.of(),
            CLIENT,
            false,
            true);
    assertSaid(Verdict.UNAUTHORIZED, "malformed", decide(gate(service).build(), skipped));
    ServicePolicy broken =
        dry("b")
            .pricer(
                Pricer.computed(
                    request -> {
                      throw new IllegalStateException("expected by a test");
                    }))
            .build();
    assertSaid(Verdict.UNAVAILABLE, "", decide(gate(broken).build(), get(broken)));
  }

  @Test
  void freeRequestsNeedACountOfTheirOwn() {
    ServicePolicy service = dry("api").auth(AuthLevel.freebie(1)).build();
    L402GateBuilder builder = gate(service).freebies(real);
    assertThrows(L402ConfigException.class, builder::build);
  }

  /** Nobody gets past a gate with a policy that it does not know. */
  @Test
  void isNoWayPastAGateThatDoesNotKnowTheService() {
    Decision decision =
        decide(gate(ServicePolicy.builder("api").build()).build(), get(dry("api").build()));
    assertInstanceOf(Decision.Unavailable.class, decision);
  }

  @Test
  void thereIsAVerdictForEveryRefusal() {
    Set<Class<?>> denied =
        Arrays.stream(Decision.Denied.class.getPermittedSubclasses()).collect(Collectors.toSet());
    assertEquals(denied.size(), Verdict.values().length);
  }

  @Test
  void keepsItsTermsAtAnotherPrice() {
    ServicePolicy service =
        dry("api")
            .tier(3)
            .minTier(2)
            .auth(AuthLevel.freebie(2))
            .timeout(Duration.ofHours(1))
            .capabilities(List.of("read"))
            .requiredCapability("read")
            .constraints(java.util.Map.of("region", "eu"))
            .build();
    Pricer other = Pricer.fixed(MilliSatoshi.ofSat(9));
    ServicePolicy same = service.withPricer(other);
    assertEquals(service.toString(), same.toString());
    assertEquals(2, same.minTier());
    assertEquals(service.timeout(), same.timeout());
    assertEquals(service.capabilities(), same.capabilities());
    assertEquals(service.requiredCapability(), same.requiredCapability());
    assertEquals(service.constraints(), same.constraints());
    assertTrue(same.dryRun());
    assertEquals(other, same.pricer());
  }
}
