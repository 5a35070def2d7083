// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.L402ConfigException;
import io.l402.internal.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cursor in a file of one line, which is this feed's alone until it is closed. */
final class CursorFile implements AutoCloseable {
  private static final int MAX_LENGTH = 256;
  private static final Pattern LINE =
      Pattern.compile("([\\x20-\\x7e]{1," + MAX_LENGTH + "})\r?\n?");
  private static final String IN_USE =
      "another process or filter has it; a feed of payments needs a file of its own";
  private static final String FROM_START = " to hear of all payments from the beginning";

  private final Path path;
  private final CursorLock lock;

  private CursorFile(Path path, CursorLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes a file, which need not exist.
   *
   * @throws L402ConfigException if another feed has it, or if its folder will not do
   */
  static CursorFile open(Path path) {
    try {
      PrivateFiles.createFolder(path);
      Optional<CursorLock> lock = CursorLock.take(path);
      return new CursorFile(path, lock.orElseThrow(() -> fault(path, IN_USE, null)));
    } catch (IOException e) {
      throw fault(path, "cannot be locked: " + e, e);
    }
  }

  /**
   * The cursor; empty if there is no file yet.
   *
   * @throws L402ConfigException if the file is damaged, or cannot be read
   */
  String read() {
    try {
      return cursor(content());
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw fault(path, "cannot be read: " + e, e);
    }
  }

  /** Enough for the longest line with its end, and one byte more. */
  private byte[] content() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(MAX_LENGTH + 3);
    }
  }

  private String cursor(byte[] content) {
    Matcher line = LINE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      String expected = "expected one line of 1 to " + MAX_LENGTH + " printable ASCII characters";
      throw fault(path, expected + "; restore it, or delete it" + FROM_START, null);
    }
    return line.group(1);
  }

  /** What to say of a node that does not know the cursor. */
  L402ConfigException refused(LightningException why) {
    String what = "the node refuses its cursor (is it another node's?); delete it" + FROM_START;
    return fault(path, what, why);
  }

  /** Puts a cursor in the place of the one before, durably and in one step. */
  void write(String cursor) throws IOException {
    if (!LINE.matcher(cursor + '\n').matches()) {
      throw new IOException("the backend's cursor is no line of printable ASCII that fits");
    }
    PrivateFiles.replace(path, (cursor + '\n').getBytes(StandardCharsets.US_ASCII));
  }

  private static L402ConfigException fault(Path path, String what, Throwable cause) {
    return new L402ConfigException("settlement cursor file " + path + ": " + what, cause);
  }

  /** Lets go of the file. Closing twice is no error. */
  @Override
  public void close() {
    lock.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
