// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured is what it is called: with the processes it has, but little load. */
class OutageBenchmarkTest {
  private static final Duration TIME = Duration.ofSeconds(1);

  /** Longer than the server waits for the node. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(new Workload(50, 3, 20, TIME, TIME));
  }

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @Test
  void sellsAndChallengesAndGoesSilentAndComesBack() throws Exception {
    PhaseResult up = stage.measure(TIME);
    stage.silence();
    PhaseResult silent = stage.measure(SILENCE);
    stage.restore();
    stage.challenging(false);
    stage.measure(TIME);
    PhaseResult quiet = stage.measure(TIME);

    for (PhaseResult result : List.of(up, silent, quiet)) {
      assertTrue(result.sold().count() >= 50);
      assertEquals(0, result.sold().refused());
    }
    assertTrue(up.challenges().isHealthy(), up.challenges().toString());
    assertTrue(silent.challenges().unavailable() > 0, silent.challenges().toString());
    assertEquals(ChallengeCount.NONE, quiet.challenges());
  }
}
