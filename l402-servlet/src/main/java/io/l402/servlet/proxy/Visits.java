// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who of us is at work on what the container has given for a request. Tomcat gives the same to the
 * next request, perhaps of another client, as soon as it has told its listeners that this one is
 * over: whoever still wrote then would write into an answer to somebody else.
 */
final class Visits {
  private final Lock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final List<Thread> visitors = new ArrayList<>(2);
  private boolean over;
  private Runnable last;

  /** Does some work there; does nothing if it is over. */
  void visit(Runnable work) {
    if (!enter()) {
      return;
    }
    try {
      work.run();
    } finally {
      leave();
    }
  }

  /** Whoever is there already may come in once more. */
  private boolean enter() {
    lock.lock();
    try {
      return (!over || visitors.contains(Thread.currentThread()))
          && visitors.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    Runnable work = leaveUnlessLast();
    if (work != null) {
      try {
        work.run();
      } finally {
        leave();
      }
    }
  }

  /** What is still to be done if nobody else is there; in one step, or two would leave it. */
  private Runnable leaveUnlessLast() {
    lock.lock();
    try {
      if (visitors.size() == 1 && last != null) {
        Runnable work = last;
        last = null;
        return work;
      }
      visitors.remove(Thread.currentThread());
      left.signalAll();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more, and does this when the last of those who are there leaves. */
  void last(Runnable work) {
    visit(
        () -> {
          lock.lock();
          try {
            over = true;
            last = work;
          } finally {
            lock.unlock();
          }
        });
  }

  /** Lets nobody in any more, and waits for all others to leave. */
  void end() {
    lock.lock();
    try {
      over = true;
      while (visitors.stream().anyMatch(visitor -> visitor != Thread.currentThread())) {
        left.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
