// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.HarnessCases;
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

/** The filter as a {@code web.xml} asks for it, in an application that is deployed from files. */
public abstract class DescriptorCases {
  static final String FULL =
      """
      <filter>
        <filter-name>pay</filter-name>
        <filter-class>io.l402.servlet.L402Filter</filter-class>
        <async-supported>true</async-supported>
        <init-param><param-name>backend</param-name><param-value>simulated</param-value></init-param>
        <init-param><param-name>price</param-name><param-value>10sat</param-value></init-param>
        <init-param><param-name>paths</param-name><param-value>/paid.txt</param-value></init-param>
      </filter>
      <filter-mapping>
        <filter-name>pay</filter-name>
        <url-pattern>/*</url-pattern>
        <dispatcher>REQUEST</dispatcher>
        <dispatcher>FORWARD</dispatcher>
        <dispatcher>INCLUDE</dispatcher>
        <dispatcher>ASYNC</dispatcher>
        <dispatcher>ERROR</dispatcher>
      </filter-mapping>
      """;

  @TempDir Path folder;

  private RunningContainer deploy(String content) throws Exception {
    Path root = folder.resolve("app");
    Files.createDirectories(root.resolve("WEB-INF"));
    Files.writeString(root.resolve("paid.txt"), "goods");
    Files.writeString(root.resolve("open.txt"), "open");
    Files.writeString(
        root.resolve("WEB-INF/web.xml"),
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
            + content
            + "</web-app>");
    return TestContainer.current().start(WebApplication.ofWar(root));
  }

  private static void assertSells(RunningContainer container) throws IOException {
    RawResponse answer = RawHttp.get(container.port(), "/paid.txt");
    assertEquals(402, answer.status(), answer::toString);
    assertEquals(2, answer.all("WWW-Authenticate").size());
  }

  @Test
  void takesContextParametersForTheWholeOfIt() throws Exception {
    Path file = folder.resolve("l402.yaml");
    Files.writeString(
        file,
        "backend: simulated\nservices:\n  - name: goods\n    paths: /paid.txt\n    price: 10\n");
    String five =
        "<context-param><param-name>l402.config</param-name><param-value>"
            + file
            + "</param-value></context-param>";
    try (RunningContainer container = deploy(five)) {
      assertSells(container);
      assertEquals(404, RawHttp.get(container.port(), "/open.txt").status());
    }
  }

  @Test
  void takesTheFullForm() throws Exception {
    try (RunningContainer container = deploy(FULL)) {
      assertSells(container);
      assertEquals("open", RawHttp.get(container.port(), "/open.txt").body());
    }
  }

  @Test
  void r1RefusesADescriptorThatLeavesOutADispatch() {
    String content = FULL.replace("<dispatcher>ERROR</dispatcher>", "");
    String why = HarnessCases.causes(assertThrows(Exception.class, () -> deploy(content).close()));
    assertTrue(why.contains("dispatcher types [ERROR]"), why);
    assertTrue(why.contains("<dispatcher>ERROR</dispatcher>"), why);
  }

  @Test
  void r1RefusesADescriptorWithoutAsync() {
    String content = FULL.replace("<async-supported>true</async-supported>", "");
    String why = HarnessCases.causes(assertThrows(Exception.class, () -> deploy(content).close()));
    assertTrue(why.contains("without async-supported"), why);
  }

  @Test
  void r1RefusesADescriptorThatIsMappedNarrowly() {
    String content = FULL.replace("/*", "/paid.txt");
    String why = HarnessCases.causes(assertThrows(Exception.class, () -> deploy(content).close()));
    assertTrue(why.contains("not to /*"), why);
  }

  @Test
  void namesWhatIsWrongWithTheParameters() {
    String content = FULL.replace("10sat", "ten").replace(">paths<", ">path<");
    String why = HarnessCases.causes(assertThrows(Exception.class, () -> deploy(content).close()));
    assertTrue(why.contains("price"), why);
    assertTrue(why.contains("path"), why);
  }
}
