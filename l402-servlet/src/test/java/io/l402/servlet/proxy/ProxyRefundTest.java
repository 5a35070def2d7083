// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Credential;
import io.l402.gate.Decision;
import io.l402.gate.L402Listener;
import io.l402.servlet.ServiceBuilder;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever keeps accounts hears of what was paid for and not delivered. */
@Timeout(30)
class ProxyRefundTest implements L402Listener {
  private static final Consumer<ServiceBuilder> SHORT =
      service ->
          service.set("upstreamtimeout.firstbyte", "300ms").set("upstreamtimeout.idle", "300ms");

  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  @Override
  public void upstreamFailed(String service, Decision.Allowed decision) {
    failures.add(
        service
            + " "
            + (decision instanceof Decision.Granted granted
                ? granted.token().tokenId().toHex()
                : decision.getClass().getSimpleName()));
    throw new IllegalStateException("expected by a test");
  }

  private PaidGate paid(RawUpstream upstream) throws Exception {
    return PaidGate.to(upstream.address(), SHORT, this);
  }

  private void assertHeardOf(L402Credential token) throws Exception {
    assertEquals(
        "rest " + token.identifier().tokenId().toHex(), failures.poll(5, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
      })
  void hearsOnceOfAnAnswerThatIsNotThereOrNotComplete(String answer) throws Exception {
    for (boolean close : new boolean[] {true, false}) {
      try (RawUpstream upstream =
              RawUpstream.of(
                  peer -> {
                    peer.readRequest();
                    peer.write(answer);
                    if (!close) {
                      peer.awaitEnd();
                    }
                  });
          PaidGate paid = paid(upstream)) {
        L402Credential token = paid.buy();
        paid.gate.get("/", "Authorization: " + token.toAuthorization());
        assertHeardOf(token);
        Awaitility.await().until(() -> paid.gate.proxy.underWay() == 0);
        assertTrue(failures.isEmpty(), failures::toString);
      }
    }
  }

  @Test
  void hearsOfAnUpstreamThatIsNotThere() throws Exception {
    try (PaidGate paid = PaidGate.to(RawUpstream.nowhere(), SHORT, this)) {
      L402Credential token = paid.buy();
      String field = "Authorization: " + token.toAuthorization();
      assertTrue(paid.gate.get("/", field).startsWith("HTTP/1.1 502 "));
      assertHeardOf(token);
      String upgrade =
          paid.gate.exchange(
              "GET / HTTP/1.1",
              "Host: x",
              "Connection: Upgrade, close",
              "Upgrade: websocket",
              "Content-Length: 0",
              field);
      assertTrue(upgrade.startsWith("HTTP/1.1 502 "), upgrade);
      assertHeardOf(token);
    }
  }

  @Test
  void hearsOfWhatPassedUnpaidAsSuch() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(RawUpstream.Peer::readRequest);
        PaidGate tried =
            PaidGate.to(upstream.address(), SHORT.andThen(it -> it.set("dryrun", "true")), this)) {
      assertTrue(tried.gate.get("/").startsWith("HTTP/1.1 502 "));
      assertEquals("rest DryRun", failures.poll(5, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "404 Not Found", "500 x", "503 x"})
  void hearsNothingOfAnAnswerThatIsComplete(String status) throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering("HTTP/1.1 " + status, "Content-Length: 2", "", "ok");
        PaidGate paid = paid(upstream)) {
      paid.gate.get("/", paid.token());
      assertTrue(failures.isEmpty(), failures::toString);
    }
  }

  @Test
  void hearsNothingOfAClientThatStallsOrBreaksOffItsOwnRequest() throws Exception {
    try (RawUpstream upstream = RawUpstream.silent();
        PaidGate paid = paid(upstream)) {
      String token = paid.token();
      for (boolean stall : new boolean[] {true, false}) {
        try (RawClient client = paid.gate.connect()) {
          client.head("POST / HTTP/1.1", "Host: x", token, "Content-Length: 100").write("abc");
          upstream.head();
          if (stall) {
            assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 408 "));
          }
        }
        Awaitility.await().until(() -> paid.gate.proxy.underWay() == 0);
      }
      assertTrue(failures.isEmpty(), failures::toString);
    }
  }

  @Test
  void hearsNothingOfAClientThatDoesNotReadItsAnswer() throws Exception {
    try (RawUpstream upstream = RawUpstream.flooding(new Flood());
        PaidGate paid = paid(upstream)) {
      String token = paid.token();
      for (boolean stall : new boolean[] {true, false}) {
        try (RawClient client = paid.gate.connect()) {
          client.head("GET / HTTP/1.1", "Host: x", token).readHead();
          if (stall) {
            Awaitility.await().until(() -> upstream.open() == 0);
          }
        }
        Awaitility.await().until(() -> paid.gate.proxy.underWay() == 0);
      }
      assertEquals(List.of(), List.copyOf(failures));
    }
  }
}
