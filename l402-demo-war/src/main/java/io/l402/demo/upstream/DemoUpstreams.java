// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/**
 * Both backends, on free ports of this machine's own address, with threads of their own that end
 * with them: what they leave in thread-locals does not stay in the container's.
 */
public final class DemoUpstreams implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 5_000;

  private final Threads threads = new Threads();
  private final ExecutorService executor = Executors.newFixedThreadPool(4, threads);
  private final TideRest rest;
  private final TideGrpc grpc;

  private DemoUpstreams(Clock clock) {
    try {
      rest = on(threads, () -> TideRest.start(clock, executor));
      grpc = on(threads, () -> TideGrpc.start(clock, executor, threads));
    } catch (IOException e) {
      executor.shutdown();
      throw new UncheckedIOException(e);
    }
  }

  /** Starts both. */
  public static DemoUpstreams start(Clock clock) {
    return new DemoUpstreams(clock);
  }

  /** Where the one that speaks HTTP listens. */
  public String restAddress() {
    return "127.0.0.1:" + rest.port();
  }

  /** Where the one that speaks gRPC listens, in the clear. */
  public String grpcAddress() {
    return "127.0.0.1:" + grpc.port();
  }

  private static <T> T on(Threads threads, Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    threads.newThread(task).start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Ends both, and waits a few seconds for their threads. */
  @Override
  public void close() {
    try {
      on(threads, this::stop);
    } catch (IOException e) {
      System.getLogger("io.l402.demo").log(System.Logger.Level.DEBUG, "an upstream did not end", e);
    }
    threads.join();
  }

  private Void stop() throws InterruptedException {
    rest.stop();
    grpc.stop();
    executor.shutdown();
    return null;
  }

  /** Daemons that can be waited for. */
  private static final class Threads implements ThreadFactory {
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(Runnable work) {
      Thread thread = new Thread(work, "l402-demo-upstream-" + (made.size() + 1));
      thread.setDaemon(true);
      made.add(thread);
      return thread;
    }

    void join() {
      long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
      try {
        for (Thread thread : made) {
          thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
