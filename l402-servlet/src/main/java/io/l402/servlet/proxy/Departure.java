// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.function.Consumer;

/**
 * What the container sees before we do: that a client is gone. Tomcat keeps this, with all that
 * belongs to a request over HTTP/2, for as long as it runs if the client has reset the stream
 * twice. Safe for use by many threads.
 */
final class Departure implements AsyncListener {
  private final Runnable last;
  private volatile Consumer<Throwable> gone;

  /**
   * Listens.
   *
   * @param gone is told of it, with the reason or null, and as well when we ended it ourselves
   * @param last is run before the container hears that we have heard of a failure; it may wait, so
   *     not of an end, of which Tomcat tells with locks in its hands
   */
  Departure(Consumer<Throwable> gone, Runnable last) {
    this.gone = gone;
    this.last = last;
  }

  /** Tells nobody any more, and keeps nothing that would be told. */
  void forget() {
    gone = ignored -> {};
  }

  @Override
  public void onError(AsyncEvent event) {
    tell(event.getThrowable());
  }

  @Override
  public void onComplete(AsyncEvent event) {
    gone.accept(null);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    tell(null);
  }

  private void tell(Throwable why) {
    try {
      gone.accept(why);
    } finally {
      last.run();
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Nobody starts it again but to break it off.
  }
}
