// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that are answered with their welcome file. Tomcat says the file's path where a client
 * asked for the folder; Jetty says the folder's.
 */
public abstract class WelcomeCases {
  @TempDir Path folder;

  private RunningContainer deploy(String paths) throws Exception {
    Path root = folder.resolve("app");
    Files.createDirectories(root.resolve("WEB-INF"));
    Files.createDirectories(root.resolve("reports"));
    Files.writeString(root.resolve("index.html"), "welcome");
    Files.writeString(root.resolve("reports/index.html"), "figures");
    Files.writeString(
        root.resolve("WEB-INF/web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
        """
            + DescriptorCases.FULL.replace("/paid.txt", paths)
            + "</web-app>");
    return TestContainer.current().start(WebApplication.ofWar(root));
  }

  @Test
  void aFolderThatIsFreeIsAnsweredWithItsWelcomeFile() throws Exception {
    try (RunningContainer container = deploy("/reports/*")) {
      assertEquals("welcome", get(container, "/").body());
      assertEquals("welcome", get(container, "/index.html").body());
    }
  }

  @Test
  void aFolderThatIsPaidForIsPaidForWithItsWelcomeFile() throws Exception {
    try (RunningContainer container = deploy("/reports/*")) {
      assertEquals(402, get(container, "/reports/").status());
      assertEquals(402, get(container, "/reports/index.html").status());
    }
    try (RunningContainer container = deploy("/reports")) {
      assertEquals(402, get(container, "/reports/").status());
    }
  }

  @Test
  void aFolderIsPaidForWhereOnlyItsWelcomeFileIs() throws Exception {
    try (RunningContainer container = deploy("/reports/index.html")) {
      assertEquals(402, get(container, "/reports/index.html").status());
      assertEquals(402, get(container, "/reports/").status());
      assertEquals("welcome", get(container, "/").body());
    }
  }

  private static RawResponse get(RunningContainer container, String target) throws IOException {
    return RawHttp.get(container.port(), target);
  }
}
