// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.function.Consumer;

/**
 * What the container sees before we do: that a client is gone.
 *
 * @param gone is told of it, with the reason or null, and as well when we ended it ourselves
 */
record Departure(Consumer<Throwable> gone) implements AsyncListener {
  @Override
  public void onError(AsyncEvent event) {
    gone.accept(event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) {
    gone.accept(null);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    gone.accept(null);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it again but to break it off.
  }
}
