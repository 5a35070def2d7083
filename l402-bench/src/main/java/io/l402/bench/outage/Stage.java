// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.IOException;
import java.time.Duration;

/** Everything that runs: the node, the server, and the load on it. */
final class Stage implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final int GLANCES = 60;

  private final ChildJvm node;
  private final ChildJvm server;
  private final Connections connections;
  private final SoldLoad sold;
  private final Challengers challengers;

  Stage(Workload workload) throws IOException, InterruptedException {
    node = ChildJvm.start(NodeProcess.class);
    server = ChildJvm.start(ServerProcess.class, node.hear(), node.hear(), node.hear());
    int port = Integer.parseInt(server.hear());
    connections = new Connections(port);
    var requests = new Shopper(node, port).buy(workload.tokens());
    sold = new SoldLoad(connections, requests, workload.rate());
    challengers = new Challengers(connections, Shopper.request(""), workload.challengers());
  }

  /** Lets the load run, and measures. */
  PhaseResult measure(Duration time) throws InterruptedException {
    challengers.take();
    CpuMeter cpu = new CpuMeter(server, node);
    SoldAnswers answers = sold.run(time);
    return new PhaseResult(answers, challengers.take(), cpu.read());
  }

  /** Waits, not forever, until others leave the processors to this. The load goes on meanwhile. */
  void awaitCalm() throws InterruptedException {
    int glances = 1;
    while (measure(GLANCE).cpu().isDisturbed() && glances < GLANCES) {
      glances++;
    }
  }

  /** Whether clients ask for challenges; they do at first. */
  void challenging(boolean value) {
    challengers.asking(value);
  }

  /** The node goes silent: what is sent to it does not arrive, and nobody is told. */
  void silence() throws IOException {
    node.ask("silence");
  }

  /**
   * The node is there again, and after a while all that ask get challenges.
   *
   * @return after how many seconds
   */
  int restore() throws IOException, InterruptedException {
    node.ask("restore");
    for (int glances = 1; glances <= GLANCES; glances++) {
      if (measure(GLANCE).challenges().isHealthy()) {
        return glances;
      }
    }
    throw new IllegalStateException("the server did not find the node again");
  }

  @Override
  public void close() throws IOException {
    challengers.close();
    connections.close();
    server.close();
    node.close();
  }
}
