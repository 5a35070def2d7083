// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.GrpcKind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The client's side of an exchange: how its answer begins and the ways in which it ends. */
final class ClientSide {
  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());

  /** 204, 205 and 304. */
  private static final Set<Integer> BODILESS =
      Set.of(
          HttpServletResponse.SC_NO_CONTENT,
          HttpServletResponse.SC_RESET_CONTENT,
          HttpServletResponse.SC_NOT_MODIFIED);

  private static final String BROKEN = ClientSide.class.getName() + ".broken";

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Inbound inbound;
  private final GrpcKind grpc;
  private final Container container;
  private final Map<String, String> trailers = new ConcurrentHashMap<>();
  private final Executor answers;
  private AsyncContext async;
  private Departure departure;
  private final UntoldFailure untold;
  private final Visits visits = new Visits();
  private final boolean reused;

  ClientSide(
      HttpServletRequest request, HttpServletResponse response, Inbound inbound, Executor answers) {
    this.answers = answers;
    this.request = request;
    this.response = response;
    this.inbound = inbound;
    grpc = GrpcKind.of(request);
    container = Container.of(request.getServletContext());
    reused = inbound.isHttp2() && container.reusesRequestsAtOnce();
    untold =
        inbound.isHttp2() && container.mistakesResetsForEnds()
            ? UntoldFailure.of(request)
            : UntoldFailure.none();
  }

  /** Whether a dispatch is one of ours, made only to have an answer broken off. */
  static boolean isBroken(HttpServletRequest request) {
    return request.getAttribute(BROKEN) instanceof ClientSide;
  }

  /** Has the answer broken off: its servlet fails, or where that will not do takes too long. */
  static void tear(HttpServletRequest request) throws BrokenAnswerException {
    ClientSide client = (ClientSide) request.getAttribute(BROKEN);
    if (client.container.completesFailedAnswers()) {
      request.startAsync().setTimeout(1);
    } else {
      throw new BrokenAnswerException();
    }
  }

  /**
   * Lets the container's thread go; what happens from here on happens on other threads.
   *
   * @param gone is told, perhaps more than once, when the container has given up on the client
   */
  void suspend(Consumer<Throwable> gone) {
    async = request.startAsync(request, response);
    async.setTimeout(0);
    departure = new Departure(gone, reused ? visits::end : () -> {});
    async.addListener(departure);
  }

  /** Does something with what the container has given for the request, unless it was taken back. */
  void visit(Runnable work) {
    if (reused) {
      visits.visit(work);
    } else {
      work.run();
    }
  }

  /** Tells nobody any more of its departure: there is nothing left to be ended. */
  void forget() {
    departure.forget();
  }

  /** What the container may know of it and not tell. */
  UntoldFailure untold() {
    return untold;
  }

  HttpServletRequest request() {
    return request;
  }

  GrpcKind grpc() {
    return grpc;
  }

  ServletInputStream in() throws IOException {
    return request.getInputStream();
  }

  ServletOutputStream out() throws IOException {
    return response.getOutputStream();
  }

  /** Writes the head of the upstream's answer. */
  void begin(ResponseHead head, Field via) {
    if (container.forgetsFlushes()) {
      response.setBufferSize(0);
    }
    head.writeTo(response, via);
    if (container.endsAnswersByClosing() && isChunked(head)) {
      response.setHeader("Transfer-Encoding", "chunked");
    }
    if (mayHaveTrailers(head)) {
      trailers.putAll(head.trailers());
      response.setTrailerFields(() -> trailers);
    }
  }

  /**
   * Over HTTP/1.1 only behind a body in chunks, and for a client that reads them. Nothing can
   * follow where there is no body: Tomcat would wait for it over HTTP/2 and never end the stream.
   */
  private boolean mayHaveTrailers(ResponseHead head) {
    return hasBody(head) && inbound.isHttp2() || isChunked(head) && inbound.acceptsTrailers();
  }

  /** So that its end can be told from that of its connection. */
  private boolean isChunked(ResponseHead head) {
    return hasBody(head) && head.length().isEmpty() && inbound.protocol().equals("HTTP/1.1");
  }

  private boolean hasBody(ResponseHead head) {
    return !inbound.method().equals("HEAD") && !BODILESS.contains(head.status());
  }

  /**
   * Whether no body is sent although the head may speak of one. Over HTTP/1.1 the container must
   * not take it for an empty one, and say so: the head goes first. Over HTTP/2 the stream ends with
   * the head. Jetty does not end it once the head was flushed, and Tomcat does not once there is
   * somebody who waits to write.
   */
  boolean isBodiless(ResponseHead head) {
    return inbound.method().equals("HEAD") || head.status() == HttpServletResponse.SC_NOT_MODIFIED;
  }

  /** Answers in place of the upstream. May have to wait for a client that does not read. */
  void answer(Failure failure) {
    visit(() -> writeAnswer(failure));
  }

  private void writeAnswer(Failure failure) {
    try {
      LocalAnswer.write(request, response, failure);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client of a failed request went away", e);
    }
    complete();
  }

  /** The same, for those who must not wait. */
  void answerElsewhere(Failure failure) {
    answers.execute(() -> answer(failure));
  }

  /**
   * Sends the head of an answer that has nothing else, as far as that has to be done. What is not
   * written when the container asks for it may have to wait for its client. So it is not written on
   * the threads that carry the upstreams' answers to all clients, nor on those that end what takes
   * too long.
   */
  void sendHead(Runnable then) {
    if (container.flushesBareHead(response.getHeader("Content-Length") != null)) {
      answers.execute(
          () ->
              visit(
                  () -> {
                    flush();
                    then.run();
                  }));
    } else {
      then.run();
    }
  }

  private void flush() {
    try {
      response.flushBuffer();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client of an answer without a body went away", e);
    }
  }

  /** Whether it is told to go on with its body only when somebody waits for that. */
  boolean goesOnForWaitingReaders() {
    return container.goesOnForWaitingReaders();
  }

  /** Whether what is written may have to wait for it although the container asks for it. */
  boolean waitsInWriting() {
    return inbound.isHttp2() && container.waitsInWriting();
  }

  /** Whether what was flushed has to be flushed again now and then. */
  boolean isForgetful() {
    return inbound.isHttp2() && container.forgetsFlushes();
  }

  /** Ends a complete answer. */
  void end(Map<String, String> more) {
    trailers.putAll(more);
    complete();
  }

  /** Ends an answer that is not complete, so that nobody takes it for one. */
  void breakOff(Failure failure) {
    visit(() -> breakOffWith(failure));
  }

  private void breakOffWith(Failure failure) {
    if (!response.isCommitted() && isWritable()) {
      answerElsewhere(failure);
    } else if (grpc == GrpcKind.TRAILERS) {
      end(LocalAnswer.status(failure));
    } else {
      tear();
    }
  }

  private boolean isWritable() {
    try {
      return response.getOutputStream().isReady();
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /**
   * To complete would look like a complete answer. What the containers do with a servlet that fails
   * in the middle of its answer is to break off the connection, or the stream; all but one.
   */
  private void tear() {
    request.setAttribute(BROKEN, this);
    try {
      async.dispatch();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the container ended the request itself", e);
    }
  }

  /** Ends it, whatever it is. */
  void complete() {
    if (reused) {
      visits.last(this::completeNow);
    } else {
      completeNow();
    }
  }

  private void completeNow() {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the container ended the request itself", e);
    }
  }
}
