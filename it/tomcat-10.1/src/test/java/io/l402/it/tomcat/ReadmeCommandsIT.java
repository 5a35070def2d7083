// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.it.war.SelfRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as they stand there, in a shell. */
class ReadmeCommandsIT {
  private static final String DEFAULT = "http://localhost:8081";

  @TempDir Path temporary;

  @Test
  void askPayAndGetIn() throws Exception {
    assumeTrue(canRun("bash", "--version") && canRun("curl", "--version"), "needs bash and curl");
    try (SelfRun run = SelfRun.start(temporary, Map.of(), "--port", "0")) {
      String said = bash(block().replace(DEFAULT, "http://127.0.0.1:" + run.port()));
      assertTrue(said.startsWith("HTTP/1.1 200"), said);
      assertTrue(said.contains("Null Island"), said);
    }
  }

  private static String block() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    String block = readme.split("```bash\n")[1].split("```")[0];
    assertTrue(block.contains("base=" + DEFAULT), block);
    return block;
  }

  private static String bash(String script) throws Exception {
    Process bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script).start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complained = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), complained);
    return said;
  }

  private static boolean canRun(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
