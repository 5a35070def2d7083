// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How busy the processors are from its making on. */
final class CpuMeter {
  /**
   * A reading, in per cent of one processor.
   *
   * @param server for the server
   * @param node for the node
   * @param load for the load, in this process
   * @param others for whatever else runs on the machine
   */
  record Usage(double server, double node, double load, double others) {
    private static final double DISTURBING = 30;

    /** Whether others took so much that times say more about them than about the server. */
    boolean isDisturbed() {
      return others > DISTURBING;
    }
  }

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ChildJvm server;
  private final ChildJvm node;
  private final long start = System.nanoTime();
  private final long serverStart;
  private final long nodeStart;
  private final long loadStart = machine.getProcessCpuTime();

  CpuMeter(ChildJvm server, ChildJvm node) {
    this.server = server;
    this.node = node;
    serverStart = server.cpu().toNanos();
    nodeStart = node.cpu().toNanos();
    // It tells of the time since it was last asked.
    machine.getCpuLoad();
  }

  Usage read() {
    double all = 100 * machine.getCpuLoad() * machine.getAvailableProcessors();
    double hundredth = (System.nanoTime() - start) / 100.0;
    double ofServer = (server.cpu().toNanos() - serverStart) / hundredth;
    double ofNode = (node.cpu().toNanos() - nodeStart) / hundredth;
    double ofLoad = (machine.getProcessCpuTime() - loadStart) / hundredth;
    double others = Math.max(0, all - ofServer - ofNode - ofLoad);
    return new Usage(ofServer, ofNode, ofLoad, others);
  }
}
