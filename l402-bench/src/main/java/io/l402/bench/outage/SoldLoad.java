// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Requests with sold tokens, open loop: each is sent when it is due, whatever became of those
 * before. Where no connection is free it waits for one, and the wait is part of its time.
 */
final class SoldLoad {
  private static final int CONNECTIONS = 256;

  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
  private final List<byte[]> requests;
  private final int rate;

  SoldLoad(Connections connections, List<byte[]> requests, int rate) {
    this.requests = requests;
    this.rate = rate;
    for (int i = 0; i < CONNECTIONS; i++) {
      idle.add(connections.connection());
    }
  }

  /** Sends for so long, and waits for the answers. */
  SoldAnswers run(Duration time) throws InterruptedException {
    long[] due = Arrivals.of(rate, time);
    SoldAnswers answers = new SoldAnswers(due, System.nanoTime());
    for (int i = 0; i < due.length; i++) {
      answers.sent(i, Arrivals.await(answers.due(i)));
      send(i, answers);
    }
    answers.await();
    return answers;
  }

  private void send(int index, SoldAnswers answers) throws InterruptedException {
    Connection connection = idle.take();
    connection.send(
        requests.get(index % requests.size()),
        (status, nanoTime) -> {
          answers.answered(index, status, nanoTime);
          idle.add(connection);
        });
  }
}
