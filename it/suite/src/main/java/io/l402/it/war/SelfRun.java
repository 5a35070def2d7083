// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import io.l402.it.RunningContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The WAR run by itself: {@code java -jar l402-demo.war}, in a process of its own. */
public final class SelfRun implements RunningContainer {
  private static final Pattern LISTENING =
      Pattern.compile("l402-demo: listening on http://[^ ]*:([0-9]+)/");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private int port;

  private SelfRun(Process process) {
    this.process = process;
  }

  /**
   * Starts it with the JVM of the tests and waits until it listens or has ended.
   *
   * @param temporary where it puts its temporary files
   * @param environment what to add to an environment without any L402 variable
   * @param options what to write on the command line
   */
  public static SelfRun start(Path temporary, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-jar", WarCase.WAR.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("L402_"));
    builder.environment().remove("PORT");
    builder.environment().putAll(environment);
    SelfRun run = new SelfRun(builder.start());
    run.awaitPort();
    return run;
  }

  private void awaitPort() throws IOException {
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.matches()) {
        port = Integer.parseInt(listening.group(1));
        Thread rest = new Thread(() -> reader.lines().forEach(l -> output.append(l).append('\n')));
        rest.setDaemon(true);
        rest.start();
        return;
      }
    }
  }

  /** Whether it listens; if not, it has ended. */
  public boolean isListening() {
    return port != 0;
  }

  @Override
  public int port() {
    if (!isListening()) {
      throw new IllegalStateException("the demo did not start:\n" + output);
    }
    return port;
  }

  /** What it has written so far. */
  public String output() {
    return output.toString();
  }

  /** Waits for its end and gives its exit status. */
  public int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running:\n" + output);
    }
    return process.exitValue();
  }

  /** Asks it to end, as a service manager would. */
  public void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    terminate();
    try {
      exitStatus();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
