// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Forwards a request to speak WebSocket, and ties the two connections if the upstream agrees. */
final class Upgrade {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Plan plan;
  private final Duration life;
  private final Semaphore waiting;

  /**
   * An upgrade.
   *
   * @param life how long it may last
   * @param waiting a permit for each thread that may wait
   */
  Upgrade(Plan plan, Duration life, Semaphore waiting) {
    this.plan = plan;
    this.life = life;
    this.waiting = waiting;
  }

  /** What the upstream says, and how it was asked. */
  record Asked(UpstreamExchange exchange, Handshake.Outcome outcome) {}

  /**
   * Asks the upstream.
   *
   * @throws RefusedException if it does not answer, or if too many wait for such answers already,
   *     or if it would be of no use
   */
  Asked ask(HttpServletRequest request) {
    requireReadable(request);
    if (!waiting.tryAcquire()) {
      throw new RefusedException(Failure.NO_DECISION, "too many upgrades at once");
    }
    try {
      return askNow(request);
    } finally {
      waiting.release();
    }
  }

  private Asked askNow(HttpServletRequest request) {
    Handshake handshake = new Handshake();
    UpstreamExchange exchange = plan.client().openUpgrade(request(request), handshake);
    exchange.begin();
    Handshake.Outcome outcome = handshake.await(patience());
    if (outcome instanceof Handshake.Outcome.Failed failed) {
      exchange.abort(failed.why());
      throw new RefusedException(Failures.of(failed.why()), "no answer to an upgrade");
    }
    return new Asked(exchange, outcome);
  }

  private Duration patience() {
    Upstream.Timeouts timeouts = plan.upstream().timeouts();
    Duration usual = timeouts.connect().plus(timeouts.firstByte());
    return usual.compareTo(MOST) < 0 ? usual : MOST;
  }

  private UpstreamRequest request(HttpServletRequest request) {
    UpstreamRequest plain = plan.request(request);
    List<Field> fields = new ArrayList<>(plain.fields());
    fields.add(new Field("Connection", "Upgrade"));
    fields.add(new Field("Upgrade", "websocket"));
    return plain.withFields(fields);
  }

  /**
   * Ties the connections.
   *
   * @return what is to be watched from here on
   * @throws RefusedException if the container cannot, or if the upstream's answer does not do
   */
  Watched tie(
      HttpServletRequest request,
      HttpServletResponse response,
      Handshake.Outcome.Switched switched,
      Consumer<Watched> onEnd)
      throws IOException {
    try {
      ResponseHead head = ResponseHead.ofUpgrade(switched.fields(), plan.location());
      head.writeTo(response, plan.via().field("HTTP/1.1"));
      response.setHeader("Connection", "Upgrade");
      response.setHeader("Upgrade", "websocket");
      Duration idle = plan.upstream().timeouts().idle();
      return request
          .upgrade(WebSocketTunnel.class)
          .tie(switched.tunnel(), idle.toNanos(), life.toNanos(), onEnd);
    } catch (ServletException | UnsupportedOperationException | IllegalStateException e) {
      switched.tunnel().close();
      throw new RefusedException(Failure.NOT_IMPLEMENTED, "upgrade: " + e);
    } catch (RefusedException | IOException e) {
      switched.tunnel().close();
      throw e;
    }
  }

  private void requireReadable(HttpServletRequest request) {
    Container container = Container.of(request.getServletContext());
    if (!container.readsUpgraded(plan.inbound().framing())) {
      throw new RefusedException(Failure.NOT_IMPLEMENTED, "upgrade: nothing could be read");
    }
  }
}
