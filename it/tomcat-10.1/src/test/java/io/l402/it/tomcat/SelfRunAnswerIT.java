// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import io.l402.it.RunningContainer;
import io.l402.it.war.SelfRun;
import io.l402.it.war.WarAnswerCases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SelfRunAnswerIT extends WarAnswerCases {
  @TempDir static Path temporary;

  @Override
  protected RunningContainer startDemo() throws Exception {
    return SelfRun.start(temporary, Map.of(), "--port", "0");
  }
}
