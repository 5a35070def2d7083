// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README, taken apart into what a test can try. */
final class Readme {
  /** The top of the project. */
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```([a-z]*)\\n(.*?)^ *```$");

  private Readme() {}

  /** A fenced block: its language, the line it begins on, and its text without indentation. */
  record Block(String language, int line, String text) {}

  static String text() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  static List<Block> blocks() throws IOException {
    String text = text();
    List<Block> blocks = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      int line = 1 + (int) text.substring(0, fence.start()).lines().count();
      String body = fence.group(3).replaceAll("(?m)^" + fence.group(1), "");
      blocks.add(new Block(fence.group(2), line, body));
    }
    return blocks;
  }

  static List<Block> blocks(String language) throws IOException {
    return blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  /** The only block of a language that holds a text. */
  static String block(String language, String holding) throws IOException {
    List<Block> found =
        blocks(language).stream().filter(block -> block.text().contains(holding)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " blocks of " + language + " with " + holding);
    }
    return found.get(0).text();
  }
}
