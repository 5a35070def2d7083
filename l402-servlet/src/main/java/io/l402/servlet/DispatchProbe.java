// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.UUID;

/**
 * Finds out whether the filter sees dispatches inside the application.
 *
 * <p>No container tells a filter for which dispatcher types it is mapped. A filter that was
 * registered in code for requests only would let forwards and includes past it to what is paid for.
 * So the first request includes a resource that does not exist: if that does not come by here,
 * nothing is served.
 */
final class DispatchProbe {
  private static final System.Logger LOG = System.getLogger(DispatchProbe.class.getName());
  private static final String ATTRIBUTE = DispatchProbe.class.getName();

  private enum State {
    UNKNOWN,
    MAPPED,
    NOT_MAPPED
  }

  private final String path = "/.l402/" + UUID.randomUUID();
  private volatile State state = State.UNKNOWN;
  private boolean told;

  /** Whether this dispatch is the probe itself, which is to be let fall. */
  boolean isOwn(HttpServletRequest request) {
    boolean own =
        request.getDispatcherType() == DispatcherType.INCLUDE
            && request.getAttribute(ATTRIBUTE) == this;
    if (own) {
      state = State.MAPPED;
    }
    return own;
  }

  /** Whether requests may be served. The first one finds out. */
  boolean passes(HttpServletRequest request, HttpServletResponse response) {
    if (state == State.UNKNOWN && request.getDispatcherType() == DispatcherType.REQUEST) {
      find(request, response);
    }
    return state == State.MAPPED;
  }

  private synchronized void find(HttpServletRequest request, HttpServletResponse response) {
    if (state != State.UNKNOWN) {
      return;
    }
    if (!request.isAsyncSupported()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the L402 filter, or one before it, does not support asynchronous requests: those that"
              + " wait for the Lightning node hold a thread");
    }
    request.setAttribute(ATTRIBUTE, this);
    State unlessMapped = State.NOT_MAPPED;
    try {
      RequestDispatcher dispatcher = request.getServletContext().getRequestDispatcher(path);
      if (dispatcher == null) {
        state = State.MAPPED;
        return;
      }
      dispatcher.include(request, new Nowhere(response));
    } catch (ServletException | IOException | RuntimeException e) {
      // Perhaps for a reason that passes: this request is refused, and the next one asks again.
      unlessMapped = State.UNKNOWN;
      LOG.log(System.Logger.Level.DEBUG, "an include of nothing failed", e);
    } finally {
      request.removeAttribute(ATTRIBUTE);
      conclude(unlessMapped);
    }
  }

  private void conclude(State unlessMapped) {
    if (state == State.MAPPED) {
      return;
    }
    state = unlessMapped;
    if (!told) {
      told = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "the L402 filter is not mapped for all dispatcher types, or not the first filter: forwards"
              + " and includes would get past it. Nothing is served. {0}",
          FilterMapping.ADVICE);
    }
  }

  /** Takes an answer that nobody is to see. */
  private static final class Nowhere extends HttpServletResponseWrapper {
    private final PrintWriter writer = new PrintWriter(Writer.nullWriter());

    Nowhere(HttpServletResponse response) {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new NullOutput();
    }

    @Override
    public PrintWriter getWriter() {
      return writer;
    }

    @Override
    public void sendError(int status) {
      // Nobody is to see it.
    }

    @Override
    public void sendError(int status, String message) {
      // Nobody is to see it.
    }

    @Override
    public void flushBuffer() {
      // There is nothing in it.
    }

    @Override
    public void reset() {
      // There is nothing in it.
    }
  }

  private static final class NullOutput extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("not asynchronous");
    }

    @Override
    public void write(int b) {
      // Nobody is to see it.
    }
  }
}
