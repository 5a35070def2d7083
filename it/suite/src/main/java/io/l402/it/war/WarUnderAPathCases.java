// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.it.RawHttp;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import org.junit.jupiter.api.Test;

/** The demo deployed beside other applications: its configuration knows nothing of where. */
public abstract class WarUnderAPathCases {
  @Test
  void sellsTheSameUnderAnyContextPath() throws Exception {
    WebApplication demo = WebApplication.ofWar(WarCase.WAR).contextPath("/shop");
    try (RunningContainer container = TestContainer.current().start(demo)) {
      assertEquals(402, RawHttp.get(container.port(), "/shop/weather").status());
      assertEquals(200, RawHttp.get(container.port(), "/shop/").status());
      assertEquals(200, RawHttp.get(container.port(), "/shop/assets/demo.js").status());
      assertEquals(404, RawHttp.get(container.port(), "/shop/io/l402/demo/Main.class").status());
      assertEquals(404, RawHttp.get(container.port(), "/weather").status());
    }
  }
}
