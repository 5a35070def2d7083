// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402ConfigException;
import io.l402.internal.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Reads and makes master-key files; the format is told at {@link MasterKeys#load}. */
final class MasterKeyFile {
  /** Four keys and some pages of comments: a larger file is another file. */
  private static final int MAX_BYTES = 16 * 1_024;

  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Pattern HEX_DIGITS = Pattern.compile("[0-9a-fA-F]*");

  private final List<byte[]> signing = new ArrayList<>();
  private final List<byte[]> verifying = new ArrayList<>();
  private final List<byte[]> all = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private MasterKeyFile() {}

  static MasterKeys load(Path file, SecureRandom random) {
    try {
      if (Files.notExists(file)) {
        // If another server was first, its file stands and is read below.
        PrivateFiles.create(file, content(MasterKeys.fresh(random)));
      }
      PrivateFiles.requireOwnerOnly(file);
      return parse("master-key file " + file, read(file));
    } catch (NoSuchFileException e) {
      throw new L402ConfigException("master-key file " + file + ": not found", e);
    } catch (IOException e) {
      throw new L402ConfigException("master-key file " + file + ": cannot be read or made", e);
    }
  }

  private static byte[] content(byte[] key) {
    String text =
        "# L402 master keys: whoever has them can make tokens. Keep this file secret and backed up.\n"
            + "sign "
            + HexFormat.of().formatHex(key)
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new L402ConfigException("master-key file " + file + ": more than 16 KiB");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The keys of a text; throws an exception that lists every fault. */
  static MasterKeys parse(String what, String text) {
    MasterKeyFile file = new MasterKeyFile();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      file.line(i + 1, lines.get(i));
    }
    if (file.signing.size() != 1) {
      file.faults.add("found " + file.signing.size() + " \"sign\" keys, expected 1");
    }
    if (!file.faults.isEmpty()) {
      throw new L402ConfigException(what + ": " + String.join("; ", file.faults));
    }
    return MasterKeys.of(file.signing.get(0), file.verifying.toArray(new byte[0][]));
  }

  private void line(int number, String line) {
    String entry = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
    if (entry.isBlank()) {
      return;
    }
    String fault = entry(entry.strip());
    if (fault != null) {
      faults.add("line " + number + ": " + fault);
    }
  }

  /** Takes a line's key; returns what is wrong, without the key, or null. */
  private String entry(String entry) {
    String[] words = BLANKS.split(entry);
    boolean sign = words[0].equals("sign");
    if (words.length != 2 || !sign && !words[0].equals("verify")) {
      return "expected \"sign\" or \"verify\" and a key";
    }
    if (!HEX_DIGITS.matcher(words[1]).matches() || words[1].length() % 2 != 0) {
      return "expected a key of 64 hex digits";
    }
    byte[] key = HexFormat.of().parseHex(words[1]);
    String fault = MasterKeys.fault(key, all);
    all.add(key);
    (sign ? signing : verifying).add(key);
    return fault;
  }
}
