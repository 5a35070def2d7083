// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import com.sun.management.OperatingSystemMXBean;
import io.l402.bench.outage.ChildJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How busy others keep the processors from its making on. */
final class Neighbours {
  private static final Path SELF = Path.of("/proc/self/stat");
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;
  private static final long NANOS_PER_TICK = 10_000_000;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final List<ChildJvm> ours;
  private final long start = System.nanoTime();
  private final long oursAtStart;

  Neighbours(ChildJvm... ours) throws IOException {
    this.ours = List.of(ours);
    oursAtStart = ours();
    // It tells of the time since it was last asked.
    machine.getCpuLoad();
  }

  /** In per cent of one processor. */
  double read() throws IOException {
    double all = 100 * machine.getCpuLoad() * machine.getAvailableProcessors();
    double hundredth = (System.nanoTime() - start) / 100.0;
    return Math.max(0, all - (ours() - oursAtStart) / hundredth);
  }

  private long ours() throws IOException {
    long children = ours.stream().mapToLong(child -> child.cpu().toNanos()).sum();
    return machine.getProcessCpuTime() + children + load();
  }

  /** What the load generators took that have ended. */
  private static long load() throws IOException {
    String stat = Files.readString(SELF);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return NANOS_PER_TICK
        * (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]));
  }
}
