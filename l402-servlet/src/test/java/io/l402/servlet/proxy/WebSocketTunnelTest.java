// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.l402.Service;
import io.l402.VerifiedL402;
import io.l402.caveat.Caveat;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a tunnel lasts; that it carries bytes is tested in the containers that can upgrade. */
class WebSocketTunnelTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final long IDLE = Duration.ofMinutes(1).toNanos();
  private static final long LIFE = Duration.ofHours(1).toNanos();

  private final UpstreamTunnel upstream = mock(UpstreamTunnel.class);
  private final WebConnection client = mock(WebConnection.class);
  private final List<Watched> ended = new ArrayList<>();
  private Watched tunnel;

  @BeforeEach
  void tie() throws Exception {
    when(client.getInputStream()).thenReturn(mock(ServletInputStream.class));
    when(client.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
    WebSocketTunnel handler = new WebSocketTunnel();
    tunnel = handler.tie(upstream, IDLE, LIFE, ended::add);
    handler.init(client);
  }

  private void look(long nanosFromNow) {
    if (tunnel.isOverdue(System.nanoTime() + nanosFromNow)) {
      tunnel.expire();
    }
  }

  private void assertEndedAfter(long nanos) throws Exception {
    look(nanos);
    verify(upstream).close();
    verify(client).close();
    assertEquals(List.of(tunnel), ended);
  }

  @Test
  void endsWithTheTokenHoweverBusyItIs() throws Exception {
    ((RequestPump.Owner) tunnel).moved();
    look(IDLE / 2);
    verify(upstream, never()).close();
    ((RequestPump.Owner) tunnel).moved();
    assertEndedAfter(LIFE);
  }

  @Test
  void endsWhenNothingIsSaid() throws Exception {
    assertEndedAfter(IDLE + 1);
  }

  @Test
  void endsWithTheServlet() throws Exception {
    tunnel.stop();
    assertEndedAfter(0);
  }

  private static VerifiedL402 token(Caveat... caveats) {
    VerifiedL402 token = mock(VerifiedL402.class);
    when(token.service()).thenReturn(new Service("api", 0));
    when(token.caveats()).thenReturn(List.of(caveats));
    return token;
  }

  private static Caveat until(String condition, Duration left) {
    return new Caveat(condition, Long.toString(NOW.plus(left).getEpochSecond()));
  }

  @Test
  void livesAsLongAsTheStrictestOfTheTokensEnds() {
    VerifiedL402 token =
        token(
            until("api_valid_until", Duration.ofHours(3)),
            until("other_valid_until", Duration.ofHours(1)),
            until("api_valid_until", Duration.ofHours(2)));
    assertEquals(Duration.ofHours(2), TokenExpiry.left(Optional.of(token), NOW));
  }

  @Test
  void livesNoLongerThanADay() {
    assertEquals(Duration.ofHours(24), TokenExpiry.left(Optional.of(token()), NOW));
    VerifiedL402 token = token(until("api_valid_until", Duration.ofDays(30)));
    assertEquals(Duration.ofHours(24), TokenExpiry.left(Optional.of(token), NOW));
    VerifiedL402 longest = token(new Caveat("api_valid_until", "999999999999999999"));
    assertEquals(Duration.ofHours(24), TokenExpiry.left(Optional.of(longest), NOW));
  }
}
