// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the load generators say is understood. */
class LoadResultTest {
  @Test
  void ofWrk() throws Exception {
    String said =
        """
        Running 1s test @ http://127.0.0.1:8080/weather
          1 threads and 32 connections
          Latency Distribution
             50%  612.00us
             75%    1.00ms
             90%    2.00ms
             99%    4.50ms
          4321 requests in 1.00s, 1.02MB read
          Socket errors: connect 1, read 2, write 3, timeout 4
          Non-2xx or 3xx responses: 5
        Requests/sec:   4300.25
        """;

    assertEquals(new LoadResult(4300.25, 0.612, 4.5, 4321, 15), Wrk.read(said));
  }

  @Test
  void ofH2load() throws Exception {
    String said =
        """
        finished in 1.00s, 1234.50 req/s, 1.00MB/s
        requests: 1239 total, 1240 started, 1238 done, 1235 succeeded, 1 failed, 2 errored, 0 timeout
        status codes: 1235 2xx, 0 3xx, 4 4xx, 0 5xx
        """;

    assertEquals(new LoadResult(1234.5, 2, 3, 1235, 7), H2load.read(said, 1_000, 2_000, 3_000));
  }
}
