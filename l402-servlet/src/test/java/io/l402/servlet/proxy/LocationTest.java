// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.servlet.Upstream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are the upstream's own; that they are mapped back is ProxyTargetTest's. */
class LocationTest {
  @ParameterizedTest
  @CsvSource({
    "https://up.example:443,https://up.example/x,/x",
    "https://up.example,https://up.example:443/x,/x",
    "http://up.example:80,http://up.example/x,/x",
    "http://up.example,http://UP.example:80/x,/x",
    "h2c://up.example:80,http://up.example/x,/x",
    "http://up.example:8080,http://up.example/x,http://up.example/x",
    "http://up.example:443,http://up.example/x,http://up.example/x",
    "http://up.example,http://up.example:8080/x,http://up.example:8080/x",
    "http://up.example,http://up.example.org/x,http://up.example.org/x",
    "http://[::80],http://[::80]:80/x,/x"
  })
  void knowsAnOriginWithAndWithoutItsPort(String upstream, String said, String seen) {
    assertEquals(seen, new Location(to(URI.create(upstream)), "").map(said));
  }

  private static Upstream to(URI base) {
    return new Upstream(
        base,
        Map.of(),
        Optional.empty(),
        new Upstream.Tls(Optional.empty(), false),
        Upstream.Timeouts.DEFAULT,
        false,
        Upstream.Credential.NONE);
  }
}
