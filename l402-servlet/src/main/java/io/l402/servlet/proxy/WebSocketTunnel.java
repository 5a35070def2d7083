// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A connection of a client that was upgraded to WebSocket, tied to one of the upstream's. Public
 * only because containers make it; it is of no use to anybody else.
 */
public final class WebSocketTunnel implements HttpUpgradeHandler {
  /** A closing frame: 1001, going away. */
  private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};

  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());

  private Relay relay;

  /** For the container. */
  public WebSocketTunnel() {}

  /**
   * Ties it to the upstream's connection.
   *
   * @param idleNanos how long nothing may be said
   * @param lifeNanos how long it may last at most
   */
  Watched tie(UpstreamTunnel upstream, long idleNanos, long lifeNanos, Consumer<Watched> onEnd) {
    relay = new Relay(upstream, idleNanos, System.nanoTime() + lifeNanos, onEnd);
    return relay;
  }

  /** The container has sent the 101 and hands over the connection. */
  @Override
  public void init(WebConnection connection) {
    try {
      relay.begin(connection);
    } catch (IOException | RuntimeException e) {
      relay.end(e);
    }
  }

  /** The container has closed it. */
  @Override
  public void destroy() {
    relay.stop();
  }

  /** Moves bytes both ways until either side ends it, or it has lasted too long. */
  private static final class Relay implements RequestPump.Owner, ResponsePump.Owner, Watched {
    private final UpstreamTunnel upstream;
    private final long idleNanos;
    private final long end;
    private final Consumer<Watched> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile WebConnection client;
    private volatile ResponsePump responses;
    private boolean expired; // known to the clock alone
    private volatile long lastMoved = System.nanoTime();

    Relay(UpstreamTunnel upstream, long idleNanos, long end, Consumer<Watched> onEnd) {
      this.upstream = upstream;
      this.idleNanos = idleNanos;
      this.end = end;
      this.onEnd = onEnd;
    }

    void begin(WebConnection connection) throws IOException {
      client = connection;
      WholeArrays out = new WholeArrays(connection.getOutputStream());
      responses = new ResponsePump(out, upstream, Optional.empty(), true, this, Runnable::run);
      responses.start();
      new RequestPump(
              connection.getInputStream(), upstream, Optional.empty(), this, UntoldFailure.none())
          .start();
    }

    @Override
    public void moved() {
      lastMoved = System.nanoTime();
    }

    /** The client says no more; what the upstream still says is passed on. */
    @Override
    public void requestEnded() {
      moved();
    }

    @Override
    public void requestFailed(Throwable why) {
      end(why);
    }

    @Override
    public void responseEnded() {
      sayGoodbye();
      end(null);
    }

    @Override
    public void responseBroke(Throwable why) {
      sayGoodbye();
      end(why);
    }

    /**
     * Says by a frame that it is over. Tomcat closes an upgraded connection only when something
     * comes from the client, and this is what clients answer. Where a frame of the upstream's is
     * not complete it means nothing, and the client that waits for the rest of that is left to
     * itself.
     */
    private void sayGoodbye() {
      try {
        ServletOutputStream out = client.getOutputStream();
        if (out.isReady()) {
          out.write(GOING_AWAY);
          if (out.isReady()) {
            out.flush();
          }
        }
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "the client of a tunnel is gone", e);
      }
    }

    @Override
    public void clientGone(Throwable why) {
      end(why);
    }

    @Override
    public boolean isOverdue(long now) {
      boolean before = expired;
      expired |= now - lastMoved > idleNanos || now - end > 0;
      return expired && !before;
    }

    /** In turn with what is being written. */
    @Override
    public void expire() {
      ResponsePump pump = responses;
      if (pump == null) {
        end(null);
      } else {
        pump.breakOff(new TimeoutException("the time of the tunnel is over"));
      }
    }

    @Override
    public void stop() {
      end(null);
    }

    void end(Throwable why) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      onEnd.accept(this);
      upstream.close();
      try {
        if (client != null) {
          client.close();
        }
      } catch (Exception e) {
        LOG.log(System.Logger.Level.DEBUG, "an upgraded connection did not close", e);
      }
      if (why != null) {
        LOG.log(System.Logger.Level.DEBUG, "an upgraded connection broke", why);
      }
    }
  }
}
