// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What makes gRPC work, frame by frame; with real peers it is tested in every container. */
@Timeout(30)
class ProxyGrpcTest {
  private final Server upstream = new Server();
  private final ServerConnector connector =
      new ServerConnector(upstream, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
  private final CompletableFuture<Void> halfSeen = new CompletableFuture<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile HttpFields seen;
  private Gate gate;

  @BeforeEach
  void start() throws Exception {
    upstream.addConnector(connector);
    upstream.setHandler(new Peer());
    upstream.start();
    gate = Gate.to("127.0.0.1:" + connector.getLocalPort(), "h2c", service -> {});
  }

  @AfterEach
  void stop() throws Exception {
    gate.close();
    upstream.stop();
  }

  private Http2Call call(String path) throws Exception {
    return Http2Call.grpc(gate.port(), path);
  }

  @Test
  void passesMessagesBothWaysAndTheStatusBehindThem() throws Exception {
    try (Http2Call call = call("/t.T/Echo")) {
      call.send("one", false);
      assertEquals("200", call.next("head").text());
      assertEquals("one", call.next("data").text());
      call.send("two", true);
      assertEquals("two", call.next("data").text());
      HttpFields trailers = call.next("trailers").fields();
      assertEquals("0", trailers.get("grpc-status"));
      assertEquals("AAEC", trailers.get("x-k-bin"));
      assertEquals("trailers", seen.get("te"));
      assertNull(seen.get("connection"));
    }
  }

  @Test
  void sendsAnAnswerOfNothingButTrailersAsTrailers() throws Exception {
    try (Http2Call call = call("/t.T/Only")) {
      call.send("x", true);
      Http2Call.Event head = call.next("head");
      assertEquals("application/grpc", head.fields().get("content-type"));
      assertNull(head.fields().get("grpc-status"));
      HttpFields trailers = call.trailers().fields();
      assertEquals("5", trailers.get("grpc-status"));
      assertEquals("b%C3%A4d", trailers.get("grpc-message"));
      assertEquals("AAEC", trailers.get("grpc-status-details-bin"));
      assertEquals("v", trailers.get("x-k"));
    }
  }

  @Test
  void leavesGrpcWebAlone() throws Exception {
    try (Http2Call call =
        new Http2Call(
            gate.port(), "/t.T/Only", true, Map.of("content-type", "application/grpc-web"))) {
      assertEquals("5", call.next("head").fields().get("grpc-status"));
    }
  }

  @Test
  void neverEndsCleanlyWhenTheUpstreamBreaksOff() throws Exception {
    try (Http2Call call = call("/t.T/Half")) {
      call.send("x", true);
      call.next("head");
      assertEquals("half", call.next("data").text());
      halfSeen.complete(null);
      assertEquals("14", call.trailers().fields().get("grpc-status"));
    }
  }

  @Test
  void resetsAnAnswerThatIsNotGrpcWhenTheUpstreamBreaksOff() throws Exception {
    try (Http2Call call =
        new Http2Call(gate.port(), "/t.T/Half", true, Map.of("content-type", "text/plain"))) {
      call.next("head");
      assertEquals("half", call.next("data").text());
      halfSeen.complete(null);
      assertEquals("reset", call.next().kind());
    }
  }

  @Test
  void answersUnavailableInHeadersAndTrailersWhenNobodyIsThere() throws Exception {
    try (Gate dead = Gate.to(RawUpstream.nowhere(), "h2c", service -> {});
        Http2Call call = Http2Call.grpc(dead.port(), "/t.T/Echo")) {
      call.send("x", true);
      Http2Call.Event head = call.next("head");
      assertEquals("200", head.text());
      assertEquals("14", head.fields().get("grpc-status"));
      assertEquals("14", call.trailers().fields().get("grpc-status"));
    }
  }

  @Test
  void cancelsUpstreamWhenTheClientCancels() throws Exception {
    try (Http2Call call = call("/t.T/Hang")) {
      call.send("x", true);
      call.next("head");
      call.next("data");
      call.cancel();
      assertTrue(cancelled.await(1, TimeUnit.SECONDS), "the upstream went on");
    }
  }

  @Test
  void cancelsUpstreamWhenTheClientCancelsInTheMiddleOfItsMessages() throws Exception {
    try (Http2Call call = call("/t.T/Hang")) {
      call.send("x", false);
      call.next("head");
      call.next("data");
      call.cancel();
      assertTrue(cancelled.await(1, TimeUnit.SECONDS), "the upstream went on");
    }
  }

  /** Speaks as gRPC servers do. */
  private final class Peer extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      seen = request.getHeaders();
      response.getHeaders().put("content-type", "application/grpc");
      switch (Request.getPathInContext(request)) {
        case "/t.T/Echo" -> echo(request, response, callback);
        case "/t.T/Only" -> only(request, response, callback);
        case "/t.T/Half" -> half(response, callback);
        default -> hang(request, response);
      }
      return true;
    }

    private void echo(Request request, Response response, Callback callback) {
      HttpFields trailers = HttpFields.build().add("grpc-status", "0").add("x-k-bin", "AAEC");
      response.setTrailersSupplier(() -> trailers);
      Content.copy(request, response, callback);
    }

    private void only(Request request, Response response, Callback callback) {
      response.getHeaders().put("grpc-status", "5").put("grpc-message", "b%C3%A4d");
      response.getHeaders().put("grpc-status-details-bin", "AAEC").put("x-k", "v");
      Content.Source.consumeAll(request, callback);
    }

    /** Breaks off once the client has what there is. */
    private void half(Response response, Callback callback) {
      response.write(false, ByteBuffer.wrap("half".getBytes()), Callback.NOOP);
      halfSeen.thenRun(() -> callback.failed(new IllegalStateException("half")));
    }

    private void hang(Request request, Response response) {
      request.addFailureListener(why -> cancelled.countDown());
      response.write(false, ByteBuffer.wrap("x".getBytes()), Callback.NOOP);
    }
  }
}
