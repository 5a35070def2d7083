// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A load generator: {@value #AT_ONCE} requests under way at once, for some time. */
interface Load {
  int AT_ONCE = 32;

  LoadResult run(URI uri, Optional<String> authorization, Duration time)
      throws IOException, InterruptedException;
}
