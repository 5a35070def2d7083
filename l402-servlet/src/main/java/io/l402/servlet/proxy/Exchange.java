// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.internal.FailureLog;
import io.l402.servlet.GrpcKind;
import io.l402.servlet.Upstream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One request on its way to the upstream and back. Whatever happens to it, on whichever thread, it
 * is ended once: with the upstream's answer, with one of ours as long as nothing of the upstream's
 * was sent, or else broken off in such a way that nobody takes it for complete.
 */
final class Exchange implements UpstreamListener, RequestPump.Owner, ResponsePump.Owner, Watched {
  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());

  /** The attribute of a request whose answer is to be broken off. */
  static final String BROKEN = Exchange.class.getName() + ".broken";

  private enum Phase {
    /** For the upstream's answer. */
    WAITING,
    /** It is being passed on. */
    RELAYING,
    ENDED
  }

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Plan plan;
  private final FailureLog failures;
  private final Consumer<Watched> onEnd;
  private final GrpcKind grpc;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private final Map<String, String> trailers = new ConcurrentHashMap<>();
  private AsyncContext async;
  private UpstreamResponse answer;
  private volatile UpstreamExchange upstream;
  private volatile RequestPump requestPump;
  private volatile ResponsePump responsePump;
  private volatile boolean requestSent;
  private volatile boolean repeated;
  private volatile boolean stopped;
  private volatile long lastMoved = System.nanoTime();

  /**
   * An exchange.
   *
   * @param onEnd is told when it has ended
   */
  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Plan plan,
      FailureLog failures,
      Consumer<Watched> onEnd) {
    this.request = request;
    this.response = response;
    this.plan = plan;
    this.failures = failures;
    this.onEnd = onEnd;
    grpc = GrpcKind.of(request);
  }

  /** Begins it. To be called by the servlet; everything after that happens later. */
  void begin() throws IOException {
    start();
    requestSent = !plan.inbound().hasBody();
    send();
    if (plan.inbound().hasBody()) {
      requestPump =
          new RequestPump(
              request.getInputStream(), upstream, plan.inbound().framing().length(), this);
      requestPump.start();
    }
  }

  /** Begins it where the upstream has answered already. */
  void resume(UpstreamExchange exchange, UpstreamResponse begun) {
    start();
    upstream = exchange;
    requestSent = true;
    responded(begun);
  }

  private void start() {
    async = request.startAsync(request, response);
    async.setTimeout(0);
    async.addListener(new Watcher());
  }

  private void send() {
    upstream = plan.client().open(plan.request(request), this);
    upstream.begin();
  }

  @Override
  public void moved() {
    lastMoved = System.nanoTime();
  }

  @Override
  public void requestEnded() {
    moved();
    requestSent = true;
  }

  @Override
  public void responded(UpstreamResponse answer) {
    moved();
    try {
      ResponseHead head = ResponseHead.of(answer.status(), answer.fields(), grpc, plan.location());
      if (phase.compareAndSet(Phase.WAITING, Phase.RELAYING)) {
        relay(head, answer);
      }
    } catch (IOException | RuntimeException e) {
      fail(Failure.BAD_GATEWAY, e);
    }
  }

  private void relay(ResponseHead head, UpstreamResponse answer) throws IOException {
    this.answer = answer;
    head.writeTo(response, plan.via().field("HTTP/1.1"));
    if (mayHaveTrailers(head)) {
      trailers.putAll(head.trailers());
      response.setTrailerFields(() -> trailers.isEmpty() ? null : trailers);
    }
    responsePump = new ResponsePump(response.getOutputStream(), answer, isBodiless(), this);
    responsePump.start();
  }

  /** The container must not take the body that is not sent for an empty one, and say so. */
  private boolean isBodiless() {
    return plan.inbound().method().equals("HEAD")
        || answer.status() == HttpServletResponse.SC_NOT_MODIFIED;
  }

  /** Over HTTP/1.1 only behind a body in chunks, and for a client that reads them. */
  private boolean mayHaveTrailers(ResponseHead head) {
    boolean chunked = head.length().isEmpty() && plan.inbound().protocol().equals("HTTP/1.1");
    return plan.inbound().isHttp2() || chunked && plan.inbound().acceptsTrailers();
  }

  /**
   * A connection that was kept alive may be closed by the upstream just when it is used again. That
   * says nothing of the upstream, so what can be repeated is, once.
   */
  @Override
  public void failed(Throwable why) {
    if (phase.get() == Phase.WAITING
        && !repeated
        && plan.inbound().isRepeatable()
        && Failures.isLostConnection(why)) {
      repeated = true;
      send();
    } else {
      fail(Failures.of(why), why);
    }
  }

  /** Most likely the client is gone; if it is not, it has sent what it should not have. */
  @Override
  public void requestFailed(Throwable why) {
    if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
      upstream.abort(why);
      answer(Failure.BAD_REQUEST);
    } else {
      clientGone(why);
    }
  }

  /** Ends it without the upstream's answer, or in the middle of that. */
  void fail(Failure failure, Throwable why) {
    if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
      upstream.abort(why);
      log(failure, why);
      answer(failure);
    } else if (phase.get() == Phase.RELAYING) {
      breakOff(why);
    }
  }

  /** In turn with what is being written. */
  private void breakOff(Throwable why) {
    ResponsePump pump = responsePump;
    if (pump == null) {
      responseBroke(why);
    } else {
      pump.breakOff(why);
    }
  }

  @Override
  public void responseEnded() {
    if (phase.compareAndSet(Phase.RELAYING, Phase.ENDED)) {
      trailers.putAll(Trailers.passed(answer.trailers()));
      if (!requestSent) {
        upstream.abort(new IOException("answered before the request was complete"));
      }
      complete();
    }
  }

  @Override
  public void responseBroke(Throwable why) {
    if (!phase.compareAndSet(Phase.RELAYING, Phase.ENDED)) {
      return;
    }
    upstream.abort(why);
    log(Failure.BAD_GATEWAY, why);
    if (!response.isCommitted()) {
      answer(Failure.BAD_GATEWAY);
    } else if (grpc == GrpcKind.TRAILERS) {
      trailers.putAll(LocalAnswer.status(Failure.BAD_GATEWAY));
      complete();
    } else {
      tear();
    }
  }

  /**
   * To complete would look like a complete answer. What every container does with a servlet that
   * fails in the middle of its answer is to break off the connection, or the stream.
   */
  private void tear() {
    request.setAttribute(BROKEN, this);
    try {
      async.dispatch();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the container ended the request itself", e);
    }
    ended();
  }

  @Override
  public void clientGone(Throwable why) {
    if (phase.getAndSet(Phase.ENDED) != Phase.ENDED) {
      upstream.abort(why == null ? new IOException("the client is gone") : why);
      complete();
    }
  }

  private void answer(Failure failure) {
    try {
      LocalAnswer.write(request, response, failure);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client of a failed request went away", e);
    }
    complete();
  }

  private void complete() {
    ended();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the container ended the request itself", e);
    }
  }

  private void ended() {
    if (requestPump != null) {
      requestPump.stop();
    }
    onEnd.accept(this);
  }

  private void log(Failure failure, Throwable why) {
    if (failure.isUpstreams() && !stopped) {
      failures.failed(System.Logger.Level.WARNING, plan.complaint(), why);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    fail(Failure.NO_DECISION, new IOException("the servlet stops"));
  }

  @Override
  public void check(long now) {
    Upstream.Timeouts timeouts = plan.upstream().timeouts();
    boolean first = phase.get() == Phase.WAITING && requestSent;
    Duration limit = first ? timeouts.firstByte() : timeouts.idle();
    if (now - lastMoved > limit.toNanos()) {
      fail(slow(), new TimeoutException("nothing moved for " + limit));
    }
  }

  private Failure slow() {
    boolean client = !requestSent && requestPump != null && requestPump.isWaitingForClient();
    return client ? Failure.SLOW_CLIENT : Failure.SLOW_UPSTREAM;
  }

  /** What the container sees before we do. */
  private final class Watcher implements AsyncListener {
    @Override
    public void onError(AsyncEvent event) {
      clientGone(event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) {
      clientGone(null);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      clientGone(null);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Nobody starts it again but to break it off.
    }
  }
}
