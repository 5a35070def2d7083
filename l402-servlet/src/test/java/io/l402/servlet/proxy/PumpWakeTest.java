// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A container may say that it is ready while it is being asked: nobody may wait for ever then. */
class PumpWakeTest {
  private static final int BYTES = 1_000;

  /** Says that it is not ready, and before anybody has heard it, that it is. */
  private static final class Container {
    private final Runnable ready;
    private boolean last;

    Container(Runnable ready) {
      this.ready = ready;
    }

    boolean isReady() {
      last = !last;
      if (!last) {
        ready.run();
      }
      return last;
    }
  }

  /** Does not care. */
  private static final class Owner implements RequestPump.Owner, ResponsePump.Owner {
    @Override
    public void moved() {}

    @Override
    public void requestEnded() {}

    @Override
    public void requestFailed(Throwable why) {}

    @Override
    public void responseEnded() {}

    @Override
    public void responseBroke(Throwable why) {}

    @Override
    public void clientGone(Throwable why) {}
  }

  @Test
  void writesAllThatIsThere() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Owner owner = new Owner();
    ResponsePump[] pump = new ResponsePump[1];
    Container container = new Container(() -> pump[0].onWritePossible());
    pump[0] =
        new ResponsePump(
            new Sink(container, written),
            new Bytes(),
            Optional.empty(),
            false,
            owner,
            Runnable::run);
    pump[0].start();
    pump[0].onWritePossible();
    assertEquals(BYTES, written.get());
  }

  /** Over HTTP/2 Tomcat may let a writer wait: not on the upstream's thread, then. */
  @Test
  void writesWhatComesLaterWhereItIsTold() {
    AtomicInteger written = new AtomicInteger();
    List<Runnable> elsewhere = new ArrayList<>();
    Late late = new Late();
    ResponsePump[] pump = new ResponsePump[1];
    Sink out = new Sink(new Container(() -> pump[0].onWritePossible()), written);
    pump[0] = new ResponsePump(out, late, Optional.empty(), false, new Owner(), elsewhere::add);
    pump[0].start();
    pump[0].onWritePossible();
    runAll(elsewhere);
    late.arrive();
    assertEquals(0, written.get());
    runAll(elsewhere);
    assertEquals(1, written.get());
  }

  private static void runAll(List<Runnable> work) {
    while (!work.isEmpty()) {
      work.remove(0).run();
    }
  }

  @Test
  void readsAllThatComes() throws Exception {
    AtomicInteger passed = new AtomicInteger();
    Owner owner = new Owner();
    RequestPump[] pump = new RequestPump[1];
    Container container = new Container(() -> pump[0].onDataAvailable());
    pump[0] =
        new RequestPump(
            new Source(container),
            new Passed(passed),
            Optional.empty(),
            owner,
            UntoldFailure.none());
    pump[0].start();
    pump[0].onDataAvailable();
    assertEquals(BYTES, passed.get());
  }

  private static final class Bytes implements BodySource {
    private int left = BYTES;

    @Override
    public int read(byte[] into) {
      return left-- > 0 ? 1 : END;
    }

    @Override
    public void onReadable(Runnable readable) {
      readable.run();
    }
  }

  /** One byte, some time. */
  private static final class Late implements BodySource {
    private boolean there;
    private Runnable reader;

    void arrive() {
      there = true;
      reader.run();
    }

    @Override
    public int read(byte[] into) {
      int count = there ? 1 : 0;
      there = false;
      return count;
    }

    @Override
    public void onReadable(Runnable readable) {
      reader = readable;
    }
  }

  private record Passed(AtomicInteger count) implements BodySink {
    @Override
    public void write(byte[] bytes, int length, Runnable written) {
      count.addAndGet(length);
      written.run();
    }

    @Override
    public void end() {}
  }

  private static final class Sink extends ServletOutputStream {
    private final Container container;
    private final AtomicInteger written;

    Sink(Container container, AtomicInteger written) {
      this.container = container;
      this.written = written;
    }

    @Override
    public boolean isReady() {
      return container.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int from, int length) {
      written.addAndGet(length);
    }
  }

  private static final class Source extends ServletInputStream {
    private final Container container;
    private int left = BYTES;

    Source(Container container) {
      this.container = container;
    }

    @Override
    public boolean isFinished() {
      return left == 0;
    }

    @Override
    public boolean isReady() {
      return container.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {}

    @Override
    public int read() {
      return -1;
    }

    @Override
    public int read(byte[] into) {
      left--;
      return 1;
    }
  }
}
