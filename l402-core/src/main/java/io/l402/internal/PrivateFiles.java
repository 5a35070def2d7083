// SPDX-License-Identifier: Apache-2.0
package io.l402.internal;

import io.l402.L402ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files for their owner only, which appear whole or not at all. Safe for use by many threads. */
public final class PrivateFiles {
  private static final System.Logger LOG = System.getLogger(PrivateFiles.class.getName());

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private PrivateFiles() {}

  /** Makes a file with this content, and its folder; false if there is one already. */
  public static boolean create(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    createFolder(target);
    Path draft = draft(target, content);
    try {
      return publish(draft, target, content);
    } finally {
      Files.deleteIfExists(draft);
      force(target.getParent());
    }
  }

  /** Makes the folder of a file, if there is none. */
  public static void createFolder(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent(), permissions(target, "rwx------"));
  }

  /** A second name for the finished draft: the one way to appear whole and never to replace. */
  private static boolean publish(Path draft, Path target, byte[] content) throws IOException {
    try {
      Files.createLink(target, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links: whoever reads the file half written refuses it.
      return writeNew(target, content);
    }
  }

  private static boolean writeNew(Path target, byte[] content) throws IOException {
    try {
      Files.createFile(target, permissions(target, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    write(target, content);
    return true;
  }

  /** Puts this content in the place of a file, in one step. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft = draft(target, content);
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
      force(target.getParent());
    }
  }

  private static Path draft(Path target, byte[] content) throws IOException {
    String name = target.getFileName() + ".";
    Path draft =
        Files.createTempFile(target.getParent(), name, ".new", permissions(target, "rw-------"));
    try {
      write(draft, content);
      return draft;
    } catch (IOException | RuntimeException e) {
      // A full disk must not be filled with what it had no room for.
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writeFully(channel, content);
    }
  }

  /** All the bytes, on the disk when this returns. */
  public static void writeFully(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(true);
  }

  /** Makes the names in a folder durable, where the system can do that. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot sync folder " + folder, e);
    }
  }

  /** Refuses a file that group or others may read or write. */
  public static void requireOwnerOnly(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new L402ConfigException(file + ": expected a regular file");
    }
    if (!isPosix(file)) {
      String what = "cannot tell who may read {0}: the file system has no POSIX permissions";
      LOG.log(System.Logger.Level.WARNING, what, file);
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (found.stream().anyMatch(OTHERS::contains)) {
      String mode = PosixFilePermissions.toString(found);
      throw new L402ConfigException(file + ": found mode " + mode + ", expected rw-------");
    }
  }

  /**
   * Attributes for a new file or folder of this mode, such as {@code rw-------}; none without
   * POSIX.
   */
  public static FileAttribute<?>[] permissions(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
