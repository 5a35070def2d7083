// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.TokenId;
import io.l402.internal.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a {@link FileRevocationList}: {@code <64 hex digits> <unix seconds, or never>} a
 * line; blank lines and what follows a {@code #} are skipped.
 */
final class RevocationFile {
  /** Room for some 190,000 tokens. */
  static final int MAX_BYTES = 16 * 1_024 * 1_024;

  private static final int MAX_LINE_BYTES = 1 + 64 + 1 + 15 + 1;
  private static final String NEVER = "never";
  private static final Pattern LINE =
      Pattern.compile("([0-9a-fA-F]{64})[ \t]+(" + NEVER + "|[0-9]{1,15})");

  private final Path path;

  RevocationFile(Path path) {
    this.path = path;
  }

  /** What tells that the file changed, without reading it. */
  record Stamp(FileTime modified, long size, Object fileKey) {}

  Stamp stamp() throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
  }

  /** Every entry; a token that stands there twice is kept until the later end. */
  Map<TokenId, Instant> read() throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("more than " + MAX_BYTES + " bytes");
    }
    Map<TokenId, Instant> entries = new HashMap<>();
    List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      line(i + 1, lines.get(i), entries);
    }
    return entries;
  }

  private static void line(int number, String line, Map<TokenId, Instant> entries)
      throws IOException {
    String entry = (line.contains("#") ? line.substring(0, line.indexOf('#')) : line).strip();
    if (entry.isEmpty()) {
      return;
    }
    Matcher matcher = LINE.matcher(entry);
    if (!matcher.matches()) {
      throw new IOException("line " + number + ": expected a token id and when it ends");
    }
    String end = matcher.group(2);
    Instant until = end.equals(NEVER) ? Instant.MAX : Instant.ofEpochSecond(Long.parseLong(end));
    entries.merge(TokenId.ofHex(matcher.group(1)), until, RevocationFile::later);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  void createIfAbsent() throws IOException {
    if (Files.notExists(path)) {
      PrivateFiles.create(path, new byte[0]);
    }
  }

  /** Whether one more line fits. */
  boolean hasRoom() throws IOException {
    return Files.size(path) + MAX_LINE_BYTES <= MAX_BYTES;
  }

  /** Adds a line, durably; if that fails half way, what was written is taken away again. */
  void append(TokenId tokenId, Instant until) throws IOException {
    if (!hasRoom()) {
      throw new IOException("full: " + MAX_BYTES + " bytes");
    }
    byte[] line = line(tokenId, until).getBytes(StandardCharsets.US_ASCII);
    byte[] whole = endsLine() ? line : onNewLine(line);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.APPEND)) {
      long end = channel.size();
      try {
        PrivateFiles.writeFully(channel, whole);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }

  /** Somebody may have edited the file and left the last line without an end. */
  private boolean endsLine() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
    }
  }

  private static byte[] onNewLine(byte[] line) {
    byte[] longer = new byte[line.length + 1];
    longer[0] = '\n';
    System.arraycopy(line, 0, longer, 1, line.length);
    return longer;
  }

  /** Replaces the whole file. */
  void rewrite(Map<TokenId, Instant> entries) throws IOException {
    StringBuilder text = new StringBuilder(entries.size() * 80);
    entries.forEach((tokenId, until) -> text.append(line(tokenId, until)));
    PrivateFiles.replace(path, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(TokenId tokenId, Instant until) {
    return tokenId.toHex() + ' ' + end(until) + '\n';
  }

  /** Rounded up: an entry may stay too long, but never end too early. */
  private static String end(Instant until) {
    long seconds = until.getEpochSecond() + (until.getNano() > 0 ? 1 : 0);
    boolean beyond = seconds > 999_999_999_999_999L;
    return beyond ? NEVER : Long.toString(Math.max(0, seconds));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
