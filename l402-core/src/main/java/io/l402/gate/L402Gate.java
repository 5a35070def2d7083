// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402Credential;
import io.l402.L402Verifier;
import io.l402.MalformedCredentialException;
import io.l402.MilliSatoshi;
import io.l402.RejectionReason;
import io.l402.Verification;
import io.l402.VerifiedL402;
import io.l402.caveat.CaveatContext;
import io.l402.internal.FailureLog;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Decides whether a request may pass, and what to charge if it may not.
 *
 * <p>The order is fixed: blocklist; free services and paths; a presented token; paths without
 * challenges; free requests of a client; the price, which one client may ask for only so often at
 * once; the limits on challenges; the challenge. Whatever is allowed is counted against the limits
 * of its service. A token is verified without asking the Lightning node, unless strict verification
 * is on, so tokens that were sold work while the node is down.
 *
 * <p><b>Security.</b> It fails closed: when a key store, a revocation list, a price or the node
 * fails, or anything else throws, the decision is a {@link Decision.Denied}; unless the service is
 * {@linkplain ServicePolicy#dryRun() only tried out}, where nothing is refused.
 *
 * <p>Instances are safe for use by many threads.
 */
public final class L402Gate {
  private static final System.Logger LOG = System.getLogger(L402Gate.class.getName());
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Set<ServicePolicy> services;
  private final Predicate<InetAddress> blocklist;
  private final Counts counts;
  private final Counts dryRunCounts;
  private final Prices prices;
  private final L402Verifier verifier;
  private final Clock clock;
  private final L402Listener listener;
  private final Optional<ChallengeMaker> challenges;
  private final Optional<Settlements> settlements;
  private final FailureLog failures = new FailureLog(LOG);

  L402Gate(L402GateBuilder builder) {
    services = Set.copyOf(builder.services);
    blocklist = builder.blocklist;
    counts = builder.counts();
    dryRunCounts = builder.dryRunCounts;
    prices = new Prices(builder.priceLimiter);
    clock = builder.clock;
    listener = new SafeListener(builder.listener);
    verifier = new L402Verifier(builder.rootKeys, builder.revocations, builder.caveats());
    challenges = builder.backend.map(b -> new ChallengeMaker(builder, b, listener));
    settlements = builder.settlements();
  }

  /**
   * Begins a gate.
   *
   * @param rootKeys where tokens' keys come from
   * @param services all services there are
   */
  public static L402GateBuilder builder(RootKeyStore rootKeys, Collection<ServicePolicy> services) {
    return new L402GateBuilder(rootKeys, services);
  }

  /**
   * Decides. For a token that is granted, outside strict mode, the stage is already complete. It
   * never fails; it may complete on a thread of the backend, which must not be kept, and takes no
   * longer than the backend's deadline and the {@link Pricer}.
   */
  public CompletionStage<Decision> decide(AccessRequest request) {
    CompletionStage<Decision> decision = decideSafely(request);
    boolean enforced = !request.service().dryRun() || !services.contains(request.service());
    return enforced ? decision : decision.thenApply(made -> watched(request, made));
  }

  private CompletionStage<Decision> decideSafely(AccessRequest request) {
    try {
      return decideOpenly(request).exceptionally(this::unavailable);
    } catch (Throwable e) {
      // Also an Error of a pricer or satisfier of the application's: nobody else would answer.
      return done(unavailable(e));
    }
  }

  private CompletionStage<Decision> decideOpenly(AccessRequest request) {
    if (!services.contains(request.service())) {
      throw new IllegalArgumentException("the gate was not built with " + request.service());
    }
    if (blocklist.test(request.client())) {
      return done(new Decision.Forbidden());
    }
    if (request.service().auth().kind() == AuthLevel.Kind.OFF) {
      return done(free(request, Decision.Free.Why.AUTH_OFF));
    }
    if (request.whitelisted()) {
      return done(free(request, Decision.Free.Why.WHITELISTED));
    }
    Optional<L402Credential> credential;
    try {
      credential = L402Credential.from(request.headers());
    } catch (MalformedCredentialException e) {
      return reject(request, RejectionReason.MALFORMED);
    }
    return credential.isPresent()
        ? present(request, credential.get())
        : unpaid(request, Optional.empty());
  }

  /** Says what would have been done, in place of doing it. */
  private Decision watched(AccessRequest request, Decision made) {
    Decision said = waived(made, Optional.empty());
    if (said instanceof Decision.DryRun dryRun) {
      listener.dryRun(request.service().name(), dryRun);
    }
    return said;
  }

  private static Decision waived(Decision made, Optional<RejectionReason> reason) {
    return made instanceof Decision.Denied denied ? Decision.DryRun.of(denied, reason) : made;
  }

  private Counts counts(AccessRequest request) {
    return request.service().dryRun() ? dryRunCounts : counts;
  }

  private Decision free(AccessRequest request, Decision.Free.Why why) {
    return limited(request, Optional.empty()).orElseGet(() -> new Decision.Free(why));
  }

  private Optional<Decision> limited(AccessRequest request, Optional<VerifiedL402> token) {
    return counts(request)
        .services()
        .tryAcquire(request, token.map(VerifiedL402::tokenId))
        .map(Decision.Throttled::new);
  }

  private CompletionStage<Decision> present(AccessRequest request, L402Credential credential) {
    Verification verification = verifier.verify(credential, context(request));
    if (verification instanceof Verification.Verified verified) {
      return settle(request, verified.token());
    }
    return verification instanceof Verification.Rejected rejected
        ? reject(request, rejected.reason())
        : reject(request, RejectionReason.MALFORMED);
  }

  private CaveatContext context(AccessRequest request) {
    ServicePolicy policy = request.service();
    CaveatContext.Builder context =
        CaveatContext.builder(policy.name(), clock.instant())
            .minTier(policy.minTier())
            .requiredCapability(policy.requiredCapability())
            .resource(request.method(), request.path())
            .request(request.headers(), request.client());
    if (!policy.pricer().fixed()) {
      context.computedPrice(Prices.now(request));
    }
    return context.build();
  }

  private CompletionStage<Decision> settle(AccessRequest request, VerifiedL402 token) {
    if (settlements.isEmpty()) {
      return done(grant(request, token));
    }
    return settlements
        .get()
        .state(token.paymentHash())
        .handle((state, failure) -> settled(request, token, state, failure))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Decision> settled(
      AccessRequest request, VerifiedL402 token, Optional<InvoiceState> state, Throwable failure) {
    if (failure != null) {
      report(failure);
      return done(notYet(retryAfter(failure)));
    }
    if (state.isEmpty() || state.get() == InvoiceState.CANCELED) {
      return reject(request, RejectionReason.UNSETTLED);
    }
    return done(state.get() == InvoiceState.SETTLED ? grant(request, token) : notYet(RETRY_AFTER));
  }

  private static Decision notYet(Duration retryAfter) {
    return new Decision.Unavailable(retryAfter, Optional.of(RejectionReason.UNSETTLED));
  }

  private Decision grant(AccessRequest request, VerifiedL402 token) {
    Optional<Decision> throttled = limited(request, Optional.of(token));
    if (throttled.isPresent()) {
      return throttled.get();
    }
    listener.granted(token);
    return new Decision.Granted(token);
  }

  private CompletionStage<Decision> reject(AccessRequest request, RejectionReason reason) {
    listener.rejected(request.service().name(), reason);
    return unpaid(request, Optional.of(reason));
  }

  private CompletionStage<Decision> unpaid(
      AccessRequest request, Optional<RejectionReason> reason) {
    CompletionStage<Decision> decision = demand(request, reason);
    return request.service().dryRun() ? decision.thenApply(made -> waived(made, reason)) : decision;
  }

  private CompletionStage<Decision> demand(
      AccessRequest request, Optional<RejectionReason> reason) {
    if (request.skipInvoice()) {
      return done(new Decision.Unauthorized());
    }
    AuthLevel auth = request.service().auth();
    if (auth.kind() == AuthLevel.Kind.FREEBIE && takeFreebie(request, auth)) {
      return done(freebie(request));
    }
    return prices
        .of(request)
        .thenCompose(
            price ->
                price.isPresent()
                    ? charge(request, price.get(), reason)
                    : done(new Decision.Throttled(RETRY_AFTER)));
  }

  private boolean takeFreebie(AccessRequest request, AuthLevel auth) {
    return counts(request)
        .freebies()
        .tryConsume(request.service().name(), request.client(), auth.freebies());
  }

  /** A request that is over the limit does not use up a free one. */
  private Decision freebie(AccessRequest request) {
    Decision decision = free(request, Decision.Free.Why.FREEBIE);
    if (!(decision instanceof Decision.Allowed)) {
      counts(request).freebies().giveBack(request.service().name(), request.client());
    }
    return decision;
  }

  private CompletionStage<Decision> charge(
      AccessRequest request, MilliSatoshi price, Optional<RejectionReason> reason) {
    if (price.isZero()) {
      return done(free(request, Decision.Free.Why.PRICE_ZERO));
    }
    Optional<Duration> throttled = counts(request).challenges().tryAcquire(request.client());
    if (throttled.isPresent()) {
      return done(new Decision.Throttled(throttled.get()));
    }
    if (request.service().dryRun()) {
      return done(new Decision.DryRun(Decision.DryRun.Verdict.PAYMENT_REQUIRED, reason));
    }
    return challenges
        .orElseThrow(() -> new IllegalStateException("there is no Lightning backend"))
        .make(request, price)
        .thenApply(challenge -> new Decision.PaymentRequired(challenge, reason));
  }

  private static CompletionStage<Decision> done(Decision decision) {
    return CompletableFuture.completedFuture(decision);
  }

  private Decision unavailable(Throwable failure) {
    report(failure);
    return new Decision.Unavailable(retryAfter(failure), Optional.empty());
  }

  private void report(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof LightningException lightning) {
      listener.backendFailed(lightning);
    } else {
      failures.failed(
          System.Logger.Level.ERROR, "no decision could be made; the request is refused", cause);
    }
  }

  private static Duration retryAfter(Throwable failure) {
    return unwrap(failure) instanceof LightningException lightning
        ? lightning.retryAfter().orElse(RETRY_AFTER)
        : RETRY_AFTER;
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
