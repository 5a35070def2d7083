// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.internal.PrivateFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The lock that writers of a revocation file take: on a file beside it, because that itself may be
 * replaced.
 *
 * <p>The channel is opened by the first writer, so that a list that is only read, as a filter's is,
 * leaves no open file behind. Then it stays open for as long as the list is used: on POSIX systems
 * closing any channel of a file drops every lock the process has on it, also that of another list.
 */
final class RevocationLock {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_MILLIS = 5;

  private final Path lockFile;
  private FileChannel channel;

  RevocationLock(Path path) {
    lockFile = path.resolveSibling(path.getFileName() + ".lock");
  }

  /** Something to do with the file. */
  interface Work {
    void run() throws IOException;
  }

  /** Does it alone, after waiting a while for whoever else is at it. */
  void alone(Work work) throws IOException {
    FileLock held = acquire();
    try {
      work.run();
    } finally {
      held.release();
    }
  }

  private FileLock acquire() throws IOException {
    FileChannel open = open();
    long start = System.nanoTime();
    while (System.nanoTime() - start < DEADLINE_NANOS) {
      FileLock lock = tryLock(open);
      if (lock != null) {
        return lock;
      }
      pause();
    }
    throw new IOException("another process holds the lock");
  }

  private synchronized FileChannel open() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              lockFile,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PrivateFiles.permissions(lockFile, "rw-------"));
    }
    return channel;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
