// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How busy the processors are meanwhile, in per cent of one. */
final class CpuMeter {
  /**
   * A reading.
   *
   * @param server for the server
   * @param node for the node
   * @param all for everybody on the machine, also those who have nothing to do with this
   */
  record Load(double server, double node, double all) {}

  private final com.sun.management.OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
  private final ChildJvm server;
  private final ChildJvm node;
  private final Duration serverBefore;
  private final Duration nodeBefore;
  private final long start = System.nanoTime();

  CpuMeter(ChildJvm server, ChildJvm node) {
    this.server = server;
    this.node = node;
    serverBefore = server.cpu();
    nodeBefore = node.cpu();
    machine.getCpuLoad();
  }

  Load read() {
    double nanos = System.nanoTime() - start;
    return new Load(
        100 * server.cpu().minus(serverBefore).toNanos() / nanos,
        100 * node.cpu().minus(nodeBefore).toNanos() / nanos,
        100 * machine.getCpuLoad() * machine.getAvailableProcessors());
  }
}
