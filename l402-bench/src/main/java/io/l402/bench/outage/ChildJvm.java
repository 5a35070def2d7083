// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process beside this one, so that neither waits for the other's garbage collection. It is
 * told what to do in lines, answers each with a line, and ends when there are no more.
 */
public final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;
  private final PrintStream out;
  private final BufferedReader in;

  private ChildJvm(Process process) {
    this.process = process;
    out = new PrintStream(process.getOutputStream(), true);
    in = process.inputReader();
  }

  /** Starts the main method of a class of this class path. */
  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms512m", "-Xmx512m"));
    command.add("-Djava.util.logging.SimpleFormatter.format=%4$s %3$s: %5$s%n");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    return new ChildJvm(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Says a line and returns the answer. */
  public String ask(String line) throws IOException {
    out.println(line);
    return hear();
  }

  /** The next line that it says. */
  public String hear() throws IOException {
    String answer = in.readLine();
    if (answer == null) {
      throw new IOException("the process beside this one has ended");
    }
    return answer;
  }

  /** How long processors have worked for it. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends its input and waits, not forever, until it has ended. */
  @Override
  public void close() {
    out.close();
    process.onExit().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
