// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of Node.js with the packages its lock file names. Where they are not to be had the
 * test is skipped with a message, or fails if the environment variable {@code L402_REQUIRE} names
 * {@code node}.
 */
final class NodeJs {
  private static final String LOCK = "package-lock.json";
  private static final List<String> FILES = List.of("package.json", LOCK, "client.js");

  private final Path source;
  private final Path work;

  /** Copies the program from one folder to another and installs its packages there. */
  NodeJs(Path source, Path work) {
    this.source = source;
    this.work = work;
  }

  void install() throws IOException, InterruptedException {
    Files.createDirectories(work);
    boolean complete = isComplete();
    for (String file : FILES) {
      Files.copy(source.resolve(file), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    need("node", "--version");
    if (!complete) {
      need("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1");
    }
  }

  /** npm writes its hidden lock file last. */
  private boolean isComplete() throws IOException {
    Path lock = work.resolve(LOCK);
    return Files.exists(work.resolve("node_modules/.package-lock.json"))
        && Files.exists(lock)
        && Files.mismatch(source.resolve(LOCK), lock) < 0;
  }

  private void need(String... command) throws InterruptedException {
    try {
      Process process = builder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        missing(command[0] + " failed: " + said.strip(), System.getenv("L402_REQUIRE"));
      }
    } catch (IOException e) {
      missing(e.getMessage(), System.getenv("L402_REQUIRE"));
    }
  }

  /** Skips or fails. */
  static void missing(String why, String required) {
    String message = "Node.js and the npm package lightning are not to be had: " + why;
    if (required != null && List.of(required.split("[, ]+")).contains("node")) {
      fail(message + "; and L402_REQUIRE asks for them");
    }
    abort(message);
  }

  /** Starts the program. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", "client.js"));
    command.addAll(List.of(arguments));
    return builder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command).directory(work.toFile());
  }
}
