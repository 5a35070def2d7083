// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of the system. */
final class Tool {
  private Tool() {}

  static boolean isThere(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Runs one to its end and returns what it said. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command.get(0) + " failed: " + said);
    }
    return said;
  }

  /** The groups of a pattern in what was said. */
  static Matcher find(Pattern pattern, String said) throws IOException {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IOException("expected " + pattern + " in: " + said);
    }
    return matcher;
  }
}
