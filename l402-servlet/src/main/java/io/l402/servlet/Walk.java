// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.L402Listener;
import io.l402.gate.ServicePolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Decides what is done with each dispatch of a request.
 *
 * <p>A decision holds for the service, path and method it was made for, whatever the dispatch; any
 * other target of a forward, an include or an asynchronous dispatch is decided on afresh. What no
 * service takes may be dispatched to freely, since the request itself was let in. Safe for use by
 * many threads.
 */
final class Walk {
  private final Intake intake;
  private final Function<AccessRequest, CompletionStage<Decision>> gate;
  private final Refuser refuser;
  private final CorsPolicy cors;
  private final Step unmatched;
  private final Duration patience;
  private final L402Listener listener;

  /**
   * A walk.
   *
   * @param patience how long a decision may take before the node is taken to be down
   */
  Walk(
      Intake intake,
      Function<AccessRequest, CompletionStage<Decision>> gate,
      Refuser refuser,
      CorsPolicy cors,
      Unmatched unmatched,
      Duration patience,
      L402Listener listener) {
    this.intake = intake;
    this.gate = gate;
    this.refuser = refuser;
    this.cors = cors;
    this.patience = patience;
    this.listener = listener;
    this.unmatched = unmatched(unmatched);
  }

  private Step unmatched(Unmatched policy) {
    return switch (policy) {
      case PASS -> Step.PASS;
      case DENY -> refusal(Answer.FORBIDDEN);
      case NOT_FOUND -> refusal(Answer.NOT_FOUND);
    };
  }

  /** The step to take with this dispatch. */
  Step next(HttpServletRequest request) {
    Arrival arrival = intake.read(request);
    Optional<Passage> before = Passage.find(request, this);
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return error(arrival, before);
    }
    if (before.isPresent() && before.get().takeAwaited()) {
      return resume(request, arrival, before.get());
    }
    if (arrival instanceof Arrival.Refused refused) {
      return refuse(request, refused.answer());
    }
    if (arrival instanceof Arrival.Unmatched) {
      return isRequest(request) ? unmatched : Step.PASS;
    }
    return arrival instanceof Arrival.Matched matched
        ? matched(request, matched, before)
        : refuse(request, Answer.INTERNAL_ERROR);
  }

  /** We dispatched the request to where it was; what is found elsewhere was not decided on. */
  private Step resume(HttpServletRequest request, Arrival arrival, Passage passage) {
    return arrival instanceof Arrival.Matched matched && passage.isFor(matched)
        ? act(request, matched, passage.decision())
        : refuse(request, Answer.INTERNAL_ERROR);
  }

  /**
   * An error page never asks for money and keeps its status. One that lies where a service is paid
   * for is shown to those who paid for that service.
   */
  private static Step error(Arrival arrival, Optional<Passage> before) {
    if (arrival instanceof Arrival.Unmatched) {
      return Step.PASS;
    }
    boolean shown =
        arrival instanceof Arrival.Matched matched
            && (!matched.isPaid()
                || before.filter(passage -> passage.allows(matched.rule())).isPresent());
    return shown ? Step.PASS : Step.NOTHING;
  }

  private Step matched(
      HttpServletRequest request, Arrival.Matched matched, Optional<Passage> before) {
    if (isRequest(request) && cors.isPreflight(request)) {
      return (in, out, chain) -> cors.answerPreflight(in, out);
    }
    if (before.isPresent() && holds(before.get(), matched)) {
      return act(request, matched, before.get().decision());
    }
    CompletableFuture<Decision> decision = gate.apply(matched.access()).toCompletableFuture();
    if (decision.isDone()) {
      return act(request, matched, Decisions.now(decision));
    }
    return canSuspend(request)
        ? suspend(matched, decision)
        : act(request, matched, Decisions.await(decision, patience));
  }

  /**
   * Also for what only the application itself can ask for, such as the view of a page: nobody can
   * request it, and it is part of what was decided on.
   */
  private static boolean holds(Passage before, Arrival.Matched matched) {
    return before.isFor(matched)
        || matched.access().path().startsWith("/WEB-INF/") && before.allows(matched.rule());
  }

  /** A forward or include is in the middle of a servlet, which cannot be left and entered again. */
  private static boolean canSuspend(HttpServletRequest request) {
    boolean outermost = isRequest(request) || request.getDispatcherType() == DispatcherType.ASYNC;
    return outermost && request.isAsyncSupported() && !request.isAsyncStarted();
  }

  private Step suspend(Arrival.Matched matched, CompletableFuture<Decision> decision) {
    return (in, out, chain) ->
        PendingDecision.await(
            in, out, decision, patience, made -> Passage.awaited(this, matched, made));
  }

  private Step act(HttpServletRequest request, Arrival.Matched matched, Decision decision) {
    if (decision instanceof Decision.Allowed allowed) {
      ServicePolicy policy = matched.rule().policy();
      Step admission =
          new Admission(
              cors,
              Passage.of(this, matched, decision),
              allowed,
              () -> listener.upstreamFailed(policy.name(), allowed));
      return policy.dryRun() ? new DryRunStep(allowed, admission) : admission;
    }
    if (decision instanceof Decision.Denied denied) {
      return refuse(request, Answer.of(denied));
    }
    return refuse(request, Answer.INTERNAL_ERROR);
  }

  private Step refuse(HttpServletRequest request, Answer answer) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? (in, out, chain) -> {
          throw new ServletException("include refused: " + answer.status());
        }
        : refusal(answer);
  }

  private Step refusal(Answer answer) {
    return (in, out, chain) -> refuser.refuse(in, out, answer);
  }

  private static boolean isRequest(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST;
  }
}
