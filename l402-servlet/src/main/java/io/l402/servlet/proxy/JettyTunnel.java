// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/** A connection of Jetty's client after the upstream has switched protocols. */
final class JettyTunnel extends AbstractConnection implements Connection.UpgradeTo, UpstreamTunnel {
  private final AtomicReference<Runnable> reader = new AtomicReference<>();
  private volatile Throwable failure;
  private ByteBuffer early = ByteBuffer.allocate(0);

  JettyTunnel(EndPoint endPoint, Executor executor) {
    super(endPoint, executor);
    endPoint.setIdleTimeout(0); // the tunnel has its own clock
  }

  /** What came behind the upstream's answer in the same breath. */
  @Override
  public void onUpgradeTo(ByteBuffer bytes) {
    early = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @Override
  public int read(byte[] into) throws IOException {
    if (failure != null) {
      throw new IOException("the tunnel broke", failure);
    }
    if (early.hasRemaining()) {
      int count = Math.min(early.remaining(), into.length);
      early.get(into, 0, count);
      return count;
    }
    return getEndPoint().fill(ByteBuffer.wrap(into).limit(0)); // Jetty fills from the limit on
  }

  @Override
  public void onReadable(Runnable readable) {
    reader.set(readable);
    fillInterested();
  }

  @Override
  public void onFillable() {
    wake();
  }

  @Override
  protected void onFillInterestedFailed(Throwable cause) {
    fail(cause);
  }

  private void wake() {
    Runnable waiting = reader.getAndSet(null);
    if (waiting != null) {
      waiting.run();
    }
  }

  private void fail(Throwable cause) {
    failure = cause;
    wake();
  }

  @Override
  public void write(byte[] bytes, int length, Runnable written) {
    getEndPoint().write(Callback.from(written, this::fail), ByteBuffer.wrap(bytes, 0, length));
  }

  @Override
  public void end() {
    getEndPoint().shutdownOutput();
  }
}
