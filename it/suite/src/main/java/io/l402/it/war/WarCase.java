// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Cases that share one running demo. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WarCase {
  /** The WAR that the build made: the system property {@code l402.demo.war}. */
  public static final Path WAR = Path.of(System.getProperty("l402.demo.war", "no l402.demo.war"));

  private RunningContainer container;
  WarClient client;

  /** Starts the demo: deployed to the container of this module, unless somebody knows better. */
  protected RunningContainer startDemo() throws Exception {
    return TestContainer.current().start(WebApplication.ofWar(WAR));
  }

  @BeforeAll
  void start() throws Exception {
    container = startDemo();
    client = new WarClient(container.port());
  }

  @AfterAll
  void stop() {
    if (container != null) {
      container.close();
    }
  }

  /** The port it listens on. */
  final int port() {
    return container.port();
  }
}
