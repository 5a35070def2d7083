// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ReadListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as a container that does not count would show them. */
class RequestPumpTest implements BodySink, RequestPump.Owner {
  private final List<String> events = new ArrayList<>();
  private final HttpServletRequest request = mock();
  private final UntoldFailure untold = UntoldFailure.of(request);
  private Optional<Runnable> held = Optional.empty();
  private boolean holding;

  /** The container knows that the client has broken off, and does not say so. */
  private void breakOffInSilence() {
    when(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)).thenReturn(new IOException());
  }

  private void pump(String body, long length) throws Exception {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes());
    ServletInputStream in = mock(ServletInputStream.class);
    when(in.isReady()).thenReturn(true);
    when(in.isFinished()).thenAnswer(call -> bytes.available() == 0);
    when(in.read(any(byte[].class))).thenAnswer(call -> bytes.read(call.<byte[]>getArgument(0)));
    ReadListener pump = new RequestPump(in, this, Optional.of(length), this, UntoldFailure.none());
    pump.onDataAvailable();
  }

  @Test
  void endsABodyThatIsAsLongAsAnnounced() throws Exception {
    pump("hello", 5);
    assertEquals(List.of("wrote hello", "all read", "end"), events);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 100})
  void neverEndsABodyThatIsShorter(long length) throws Exception {
    pump("hello", length);
    assertEquals(List.of("wrote hello", "failed"), events);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 0})
  void sendsNothingOfWhatIsTooMuch(long length) throws Exception {
    pump("hello", length);
    assertEquals(List.of("failed"), events);
  }

  /** One whose bytes have all come, and whose end is told by itself. */
  private RequestPump doubtful(boolean dataFirst) throws Exception {
    ServletInputStream in = mock(ServletInputStream.class);
    when(in.isReady()).thenReturn(dataFirst, false);
    when(in.read(any(byte[].class))).thenReturn(1);
    RequestPump pump = new RequestPump(in, this, Optional.empty(), this, untold);
    pump.start();
    pump.onDataAvailable();
    when(in.isFinished()).thenReturn(true);
    pump.onAllDataRead();
    return pump;
  }

  @Test
  void takesNoRequestThatIsBrokenOffForAll() throws Exception {
    RequestPump pump = doubtful(true);
    assertEquals(1, events.size(), events::toString);
    pump.check();
    pump.onError(new IOException("the client reset the stream"));
    pump.check();
    assertEquals(List.of("failed"), events.subList(1, events.size()));
  }

  @Test
  void believesInAnEndThatStillStands() throws Exception {
    RequestPump pump = doubtful(false);
    pump.check();
    assertEquals(List.of(), events);
    pump.check();
    pump.check();
    assertEquals(List.of("all read", "end"), events);
  }

  @Test
  void takesNoRequestForAllThatIsBrokenOffInSilence() throws Exception {
    RequestPump pump = doubtful(false);
    pump.check();
    breakOffInSilence();
    pump.check();
    pump.check();
    assertEquals(List.of(), events);
  }

  /** What was read came with what was before it, so an end would be believed at once. */
  @Test
  void takesNoRequestForAllThatIsBrokenOffWhileItIsHeldBack() throws Exception {
    holding = true;
    ServletInputStream in = mock(ServletInputStream.class);
    when(in.isReady()).thenReturn(true);
    when(in.read(any(byte[].class))).thenReturn(1);
    RequestPump pump = new RequestPump(in, this, Optional.empty(), this, untold);
    pump.onDataAvailable();
    when(in.isFinished()).thenReturn(true);
    breakOffInSilence();
    held.orElseThrow().run();
    assertEquals(1, events.size(), events::toString);
  }

  @Test
  void doesNotDoubtAnEndThatComesWithTheBody() throws Exception {
    ServletInputStream in = mock(ServletInputStream.class);
    when(in.isReady()).thenReturn(true);
    when(in.read(any(byte[].class))).thenReturn(1);
    when(in.isFinished()).thenReturn(false, true);
    RequestPump pump = new RequestPump(in, this, Optional.empty(), this, untold);
    pump.onDataAvailable();
    assertEquals(List.of("all read", "end"), events.subList(1, events.size()));
  }

  @Override
  public void write(byte[] bytes, int length, Runnable written) {
    events.add("wrote " + new String(bytes, 0, length));
    if (holding) {
      held = Optional.of(written);
    } else {
      written.run();
    }
  }

  @Override
  public void end() {
    events.add("end");
  }

  @Override
  public void moved() {
    // Nobody waits.
  }

  @Override
  public void requestEnded() {
    events.add("all read");
  }

  @Override
  public void requestFailed(Throwable why) {
    events.add("failed");
  }
}
