// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where a credential comes from: a file, which may change, or the configuration itself. */
final class Source {
  private static final int MAX_BYTES = 65_536;

  private final String name;
  private final Path file;
  private final byte[] text;

  private Source(String name, Path file, byte[] text) {
    this.name = name;
    this.file = file;
    this.text = text;
  }

  static Source file(Path file) {
    return new Source(file.toString(), Objects.requireNonNull(file, "file"), null);
  }

  /** What was given itself; the name stands for it in messages. */
  static Source text(String name, String text) {
    return new Source(name, null, text.strip().getBytes(StandardCharsets.UTF_8));
  }

  boolean isFile() {
    return file != null;
  }

  /**
   * What is there now.
   *
   * @throws IOException if there is nothing to read, or far too much
   */
  byte[] read() throws IOException {
    if (file == null) {
      return text.clone();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** What tells one state of the file from another, as far as its folder knows. */
  Object stamp() throws IOException {
    return file == null
        ? ""
        : Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + fileKey();
  }

  private Object fileKey() throws IOException {
    return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
  }

  /** The file, or what kind of text it is; never the text. */
  @Override
  public String toString() {
    return name;
  }
}
