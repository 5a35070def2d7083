// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request on its way to the upstream and back. Whatever happens to it, on whichever thread, it
 * is ended once: with the upstream's answer, with one of ours as long as nothing of the upstream's
 * was sent, or else broken off in such a way that nobody takes it for complete.
 */
final class Exchange implements UpstreamListener, RequestPump.Owner, ResponsePump.Owner, Watched {
  private enum Phase {
    /** For the upstream's answer. */
    WAITING,
    /** It is being passed on. */
    RELAYING,
    ENDED
  }

  private final ClientSide client;
  private final Plan plan;
  private final ProxyContext context;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private final Progress progress;
  private UpstreamResponse answer;
  private volatile UpstreamExchange upstream;
  private volatile boolean repeated;
  private volatile boolean stopped;
  private volatile Throwable lost;

  Exchange(ClientSide client, Plan plan, ProxyContext context) {
    this.client = client;
    this.plan = plan;
    this.context = context;
    progress =
        new Progress(
            plan.upstream().timeouts(),
            !plan.inbound().hasBody(),
            () -> phase.get() == Phase.WAITING);
  }

  /**
   * Begins it. To be called by the servlet; everything after that happens later.
   *
   * @throws RefusedException if too many clients are waited for already
   * @throws IllegalStateException if the container does not let go of the request
   */
  void begin() {
    if (!isWaitedFor()) {
      begin(false);
    } else if (context.asking().tryAcquire()) {
      try {
        begin(true);
      } finally {
        context.asking().release();
      }
    } else {
      throw new RefusedException(Failure.EXPECTATION, "too many bodies are waited for");
    }
  }

  private boolean isWaitedFor() {
    Inbound inbound = plan.inbound();
    return inbound.hasBody() && inbound.expectsContinue() && client.goesOnForWaitingReaders();
  }

  private void begin(boolean waiting) {
    suspend();
    try {
      send();
    } catch (RuntimeException e) {
      fail(Failure.BAD_GATEWAY, e);
      return;
    }
    if (plan.inbound().hasBody()) {
      receiveSafely(waiting);
    }
  }

  /** What the container says here is said of the client. */
  private void receiveSafely(boolean waiting) {
    try {
      receive(waiting);
    } catch (IOException | RuntimeException e) {
      requestFailed(e);
    }
  }

  private void receive(boolean waiting) throws IOException {
    RequestPump pump =
        new RequestPump(
            client.in(), upstream, plan.inbound().framing().length(), this, client.untold());
    progress.requestThrough(pump);
    if (waiting) {
      pump.startWaiting();
    } else {
      pump.start();
    }
  }

  private void suspend() {
    client.suspend(this::clientGone);
    context.underWay().add(this);
  }

  /** Begins it where the upstream has answered already. */
  void resume(UpstreamExchange exchange, UpstreamResponse begun) {
    upstream = exchange;
    suspend();
    responded(begun);
  }

  private void send() {
    upstream = plan.client().open(plan.request(client.request()), this);
    upstream.begin();
    if (phase.get() == Phase.ENDED) { // in the middle of this, and what was aborted was another
      upstream.abort(new IOException("the exchange is over"));
    }
  }

  @Override
  public void visit(Runnable work) {
    client.visit(work);
  }

  @Override
  public void moved() {
    progress.moved();
  }

  @Override
  public void requestEnded() {
    progress.requestEnded();
  }

  @Override
  public void responded(UpstreamResponse response) {
    moved();
    client.visit(() -> accept(response));
  }

  private void accept(UpstreamResponse response) {
    try {
      ResponseHead head =
          ResponseHead.of(response.status(), response.fields(), client.grpc(), plan.location());
      if (phase.compareAndSet(Phase.WAITING, Phase.RELAYING)) {
        relay(head, response);
      } else {
        upstream.abort(new IOException("the exchange is over"));
      }
    } catch (IOException | RuntimeException e) {
      fail(Failure.BAD_GATEWAY, e);
    }
  }

  private void relay(ResponseHead head, UpstreamResponse response) throws IOException {
    answer = response;
    client.begin(head, plan.via().field("HTTP/1.1"));
    boolean bodiless = client.isBodiless(head);
    if (head.isTrailersOnly() || bodiless && plan.inbound().isHttp2()) {
      client.sendHead(this::endWithoutBody);
      return;
    }
    ResponsePump pump =
        new ResponsePump(
            client.out(),
            response,
            bodiless ? Optional.empty() : head.length(),
            bodiless,
            this,
            client.waitsInWriting() ? context.writers() : Runnable::run);
    progress.responseThrough(pump);
    pump.start();
  }

  /**
   * All was said. A server that has not read the whole request resets the stream right behind such
   * an answer, which must not be taken for its failure.
   */
  private void endWithoutBody() {
    if (phase.compareAndSet(Phase.RELAYING, Phase.ENDED)) {
      if (!progress.isRequestSent() || !isRead()) {
        upstream.abort(new IOException("all was said"));
      }
      ended();
      client.end(Map.of());
    }
  }

  private boolean isRead() {
    try {
      return answer.read(new byte[1]) == BodySource.END;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A connection that was kept alive may be closed by the upstream just when it is used again. That
   * says nothing of the upstream, so what can be repeated is, once.
   */
  @Override
  public void failed(Throwable why) {
    boolean repeatable = plan.inbound().isRepeatable() && Failures.isLostConnection(why);
    if (phase.get() == Phase.WAITING && repeatable && !repeated) {
      repeated = true;
      sendAgain();
    } else {
      fail(Failures.of(why), why);
    }
  }

  @Override
  public void broke() {
    progress.upstreamBroke(System.nanoTime());
  }

  private void sendAgain() {
    try {
      send();
    } catch (RuntimeException e) {
      fail(Failure.BAD_GATEWAY, e);
    }
  }

  /**
   * Most likely the client is gone; if it is not, it has sent what it should not have. Over
   * HTTP/1.1 it might then take what it has of the answer for all; over HTTP/2 the container resets
   * the stream.
   */
  @Override
  public void requestFailed(Throwable why) {
    if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
      upstream.abort(why);
      ended();
      client.answer(Failure.BAD_REQUEST);
    } else if (plan.inbound().isHttp2()) {
      clientGone(why);
    } else {
      progress.clientFailed();
      breakOff(why);
    }
  }

  /** Ends it without the upstream's answer, or in the middle of that. */
  private void fail(Failure failure, Throwable why) {
    if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
      abort(why);
      tell(failure, why);
      ended();
      client.answerElsewhere(failure);
    } else {
      breakOff(why);
    }
  }

  private void breakOff(Throwable why) {
    if (phase.get() == Phase.RELAYING && !progress.breakOffResponse(why)) {
      responseBroke(why);
    }
  }

  @Override
  public void responseEnded() {
    if (phase.compareAndSet(Phase.RELAYING, Phase.ENDED)) {
      if (!progress.isRequestSent()) {
        upstream.abort(new IOException("answered before the request was complete"));
      }
      ended();
      client.end(Trailers.passed(answer.trailers()));
    }
  }

  @Override
  public void responseBroke(Throwable why) {
    if (phase.compareAndSet(Phase.RELAYING, Phase.ENDED)) {
      Failure failure = progress.fault();
      upstream.abort(why);
      tell(failure, why);
      ended();
      client.breakOff(failure);
    }
  }

  @Override
  public void clientGone(Throwable why) {
    if (phase.getAndSet(Phase.ENDED) != Phase.ENDED) {
      abort(why == null ? new IOException("the client is gone") : why);
      ended();
      client.complete();
    }
  }

  /** There is none yet if it could not even be asked, or is about to be. */
  private void abort(Throwable why) {
    if (upstream != null) {
      upstream.abort(why);
    }
  }

  private void ended() {
    progress.stopRequest();
    client.forget();
    context.underWay().remove(this);
  }

  /** Not of what the client did: it could have its payment back for that. */
  private void tell(Failure failure, Throwable why) {
    if (failure.isClients()) {
      return;
    }
    plan.forwarding().upstreamFailed();
    if (!stopped) {
      context.failures().failed(System.Logger.Level.WARNING, plan.complaint(), why);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    fail(Failure.NO_DECISION, new IOException("the servlet stops"));
  }

  @Override
  public boolean isOverdue(long now) {
    if (phase.get() == Phase.ENDED) {
      context.underWay().remove(this); // it had ended before it was watched
      return false;
    }
    progress.nudge(client.isForgetful());
    return isLost() || progress.isOverdue(now);
  }

  /** Whether its client turns out to be gone; true once. */
  private boolean isLost() {
    boolean before = lost != null;
    client.untold().find().ifPresent(why -> lost = why);
    return !before && lost != null;
  }

  @Override
  public void expire() {
    if (lost != null) {
      clientGone(lost);
      return;
    }
    Failure slow = progress.stalled();
    String what = "nothing moved for " + progress.limit();
    fail(slow, slow == Failure.SLOW_CLIENT ? new IOException(what) : new TimeoutException(what));
  }
}
