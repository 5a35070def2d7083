// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.internal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock on a cursor file, held for as long as a feed is open: on a file beside it, because that
 * itself is replaced. It ends with the process at the latest.
 */
final class CursorLock implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SettlementFeed.class.getName());

  /**
   * What this process holds: it must not open such a file again, because on POSIX systems closing
   * any channel of a file drops every lock that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private CursorLock(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /** Takes the lock of a file whose folder exists; empty if another feed has it. */
  static Optional<CursorLock> take(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent().toRealPath();
    Path lockFile = folder.resolve(file.getFileName() + ".lock");
    if (!HELD.add(lockFile)) {
      return Optional.empty();
    }
    try {
      return new CursorLock(lockFile, open(lockFile)).locked();
    } catch (IOException e) {
      HELD.remove(lockFile);
      throw e;
    }
  }

  private static FileChannel open(Path lockFile) throws IOException {
    return FileChannel.open(
        lockFile,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PrivateFiles.permissions(lockFile, "rw-------"));
  }

  /** This, locked; or empty, closed. */
  private Optional<CursorLock> locked() throws IOException {
    if (tryLock()) {
      return Optional.of(this);
    }
    close();
    return Optional.empty();
  }

  private boolean tryLock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException anotherApplicationOfThisProcess) {
      return false;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Lets go of the lock. Closing twice is no error. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a lock file did not close well", e);
    } finally {
      HELD.remove(lockFile);
    }
  }
}
