// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection of a client that was upgraded to WebSocket, tied to one of the upstream's. Public
 * only because containers make it; it is of no use to anybody else.
 */
public final class WebSocketTunnel implements HttpUpgradeHandler {
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
    private volatile WebConnection client;
    private volatile boolean ended;
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
      new ResponsePump(out, upstream, true, this).start();
      new RequestPump(connection.getInputStream(), upstream, Optional.empty(), this).start();
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
      end(null);
    }

    @Override
    public void responseBroke(Throwable why) {
      end(why);
    }

    @Override
    public void clientGone(Throwable why) {
      end(why);
    }

    @Override
    public void check(long now) {
      if (now - lastMoved > idleNanos || now - end > 0) {
        end(null);
      }
    }

    @Override
    public void stop() {
      end(null);
    }

    void end(Throwable why) {
      if (ended) {
        return;
      }
      ended = true;
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
