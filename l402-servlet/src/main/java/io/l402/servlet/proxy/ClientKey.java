// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.time.Duration;

/** What upstreams must have in common to share an HTTP client. */
record ClientKey(Upstream.Tls tls, Duration connect) {
  /** The key of an upstream. */
  static ClientKey of(Upstream upstream) {
    return new ClientKey(upstream.tls(), upstream.timeouts().connect());
  }
}
