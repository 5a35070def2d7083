// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConnection;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/** An exchange by Jetty's client. */
final class JettyExchange implements UpstreamExchange {
  private final Request request;
  private final UpstreamListener listener;
  private final AsyncRequestContent body;
  private volatile JettyResponse response;
  private final AtomicBoolean told = new AtomicBoolean();

  JettyExchange(HttpClient client, UpstreamRequest wanted, UpstreamListener listener) {
    this.listener = listener;
    request = client.newRequest(wanted.target()).method(wanted.method());
    request.headers(fields -> wanted.fields().forEach(it -> fields.add(it.name(), it.value())));
    request.idleTimeout(0, TimeUnit.MILLISECONDS); // the exchange has its own clock
    if (wanted.http2()) {
      request.version(HttpVersion.HTTP_2);
    }
    body = wanted.hasBody() ? new AsyncRequestContent((String) null) : null;
    if (wanted.hasBody()) {
      addBody(wanted);
    }
    request.onResponseContentSource(this::responded);
  }

  private void addBody(UpstreamRequest wanted) {
    request.body(body);
    wanted
        .length()
        .ifPresent(length -> request.headers(it -> it.put("Content-Length", length.toString())));
    wanted.trailers().ifPresent(trailers -> request.trailersSupplier(() -> fields(trailers)));
  }

  /**
   * Lets the upstream switch protocols, which only HTTP/1.1 can.
   *
   * @param switched is told of the connection if it does
   */
  JettyExchange upgradable(BiConsumer<Response, EndPoint> switched) {
    HttpUpgrader.Factory upgrader = version -> new Upgrader(switched);
    request.version(HttpVersion.HTTP_1_1);
    request.attribute(HttpUpgrader.Factory.class.getName(), upgrader);
    return this;
  }

  private static HttpFields fields(Supplier<Map<String, String>> trailers) {
    HttpFields.Mutable fields = HttpFields.build();
    trailers.get().forEach(fields::add);
    return fields.size() == 0 ? null : fields;
  }

  @Override
  public void begin() {
    request.send(this::completed);
  }

  private void responded(Response head, Content.Source source) {
    if (told.compareAndSet(false, true)) {
      response = new JettyResponse(head, source);
      listener.responded(response);
    }
  }

  /** If the answer had begun, whoever reads it hears of the failure. */
  private void completed(Result result) {
    if (result.isFailed() && told.compareAndSet(false, true)) {
      listener.failed(result.getFailure());
    } else if (result.getResponseFailure() != null && response != null) {
      listener.broke();
      response.breakOff();
    }
  }

  /** Jetty's own flush() would wait; a callback does not. */
  @Override
  public void write(byte[] bytes, int length, Runnable written) {
    body.write(ByteBuffer.wrap(bytes, 0, length), Callback.from(written, ignored -> {}));
  }

  @Override
  public void end() {
    body.close();
  }

  @Override
  public void abort(Throwable why) {
    if (why instanceof TimeoutException) {
      retireConnection();
    }
    request.abort(why == null ? new IOException("aborted") : why);
  }

  /**
   * Over HTTP/2 a connection whose other end is gone would swallow request after request, until the
   * operating system gives it up after a quarter of an hour.
   */
  private void retireConnection() {
    if (request.getConnection() instanceof HttpConnection connection
        && connection.getHttpDestination().getConnectionPool() instanceof JettyPool pool) {
      pool.retire(connection);
    }
  }

  /** The fields that ask for it are among the others already. */
  private final class Upgrader implements HttpUpgrader {
    private final BiConsumer<Response, EndPoint> switched;

    Upgrader(BiConsumer<Response, EndPoint> switched) {
      this.switched = switched;
    }

    @Override
    public void prepare(Request prepared) {
      // Nothing is missing.
    }

    @Override
    public void upgrade(Response response, EndPoint endPoint, Callback callback) {
      if (told.compareAndSet(false, true)) {
        switched.accept(response, endPoint);
        callback.succeeded();
      } else {
        callback.failed(new IOException("too late"));
        endPoint.close();
      }
    }
  }
}
