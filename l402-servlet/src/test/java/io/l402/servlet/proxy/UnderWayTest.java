// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who looks at what is under way. */
class UnderWayTest {
  /** If the clock ended with it, nothing would time out any more. */
  @Test
  void goesOnWhateverGoesWrongWithOne() throws Exception {
    Watched bad = mock(Watched.class);
    when(bad.isOverdue(anyLong())).thenThrow(new StackOverflowError());
    CountDownLatch looks = new CountDownLatch(5);
    Watched good = mock(Watched.class);
    when(good.isOverdue(anyLong()))
        .thenAnswer(
            asked -> {
              looks.countDown();
              return false;
            });
    try (UnderWay underWay = new UnderWay()) {
      underWay.add(bad);
      underWay.add(good);
      assertTrue(looks.await(10, TimeUnit.SECONDS));
    }
  }
}
