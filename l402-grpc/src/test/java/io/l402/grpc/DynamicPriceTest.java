// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.MilliSatoshi;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dynamicprice} in a file, all the way: filter, price server, node and buyer. */
class DynamicPriceTest {
  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeLightning node = FakeLightning.create();
  private final FakePriceServer prices = FakePriceServer.start();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  @BeforeEach
  void start() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("l402.yaml"),
            """
            services:
              - name: asked
                pathregexp: '^/asked/'
                dynamicprice:
                  enabled: true
                  grpcaddress: "127.0.0.1:%d"
                  insecure: true
            """
                .formatted(prices.port()));
    L402Config config = L402Config.builder().file(file).simulatedBackend(node).build();
    ServletContextHandler context = new ServletContextHandler();
    FilterHolder holder = new FilterHolder(new L402Filter(config));
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new ServletHolder(new Echo()), "/*");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.stop();
    prices.close();
    node.close();
  }

  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("goods " + new String(request.getInputStream().readAllBytes()));
    }
  }

  private HttpResponse<String> send(String method, String target, String body, String... fields)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + target))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int status(String method, String target, String token) throws Exception {
    return send(method, target, "", "Authorization", token).statusCode();
  }

  private static L402Challenge challenge(HttpResponse<String> unpaid) {
    return L402Challenge.parse(unpaid.headers().allValues("WWW-Authenticate")).orElseThrow();
  }

  private String buy(String method, String target) throws Exception {
    L402Challenge challenge = challenge(send(method, target, ""));
    return challenge.withPreimage(node.pay(challenge.invoice().toString())).toAuthorization();
  }

  @Test
  void chargesWhatTheServerSays() throws Exception {
    prices.price = question -> question.path().endsWith("big") ? 40L : 4L;
    assertEquals(
        MilliSatoshi.ofSat(40),
        challenge(send("GET", "/asked/big", "")).invoice().amount().orElseThrow());
    assertEquals(
        MilliSatoshi.ofSat(4),
        challenge(send("GET", "/asked/small", "")).invoice().amount().orElseThrow());
  }

  @Test
  void aTokenOpensWhatItWasBoughtForAndNothingElse() throws Exception {
    String token = buy("GET", "/asked/cheap");
    assertEquals(200, status("GET", "/asked/cheap", token));
    assertEquals(200, status("GET", "/asked/cheap?page=2", token));
    assertEquals(402, status("GET", "/asked/dear", token));
    assertEquals(402, status("POST", "/asked/cheap", token));
    assertEquals(402, status("GET", "/asked/cheap/more", token));
  }

  @Test
  void aTokenOutlivesARiseOfThePriceAndIsVerifiedWithoutTheServer() throws Exception {
    String token = buy("GET", "/asked/x");
    int asked = prices.questions.size();
    prices.price = question -> 1_000L;
    assertEquals(200, status("GET", "/asked/x", token));
    assertEquals(asked, prices.questions.size());
    prices.close();
    assertEquals(200, status("GET", "/asked/x", token));
  }

  @Test
  void letsPassWhatCostsNothingWithItsBodyUntouched() throws Exception {
    prices.price = question -> 0L;
    HttpResponse<String> answer = send("POST", "/asked/x", "the body");
    assertEquals(200, answer.statusCode());
    assertEquals("goods the body", answer.body());
    assertFalse(prices.questions.get(0).httpRequestText().contains("the body"));
    assertEquals(0, node.createCalls());
  }

  @Test
  void refusesWithoutAnInvoiceWhenThereIsNoPrice() throws Exception {
    for (long nonsense : List.of(-1L, Long.MAX_VALUE)) {
      prices.price = question -> nonsense;
      HttpResponse<String> answer = send("GET", "/asked/x", "");
      assertEquals(503, answer.statusCode());
      assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }
    prices.close();
    assertEquals(503, send("GET", "/asked/x", "").statusCode());
    assertEquals(0, node.createCalls());
  }

  @Test
  void answersWhenTheServerDoesNot() throws Exception {
    prices.fallSilent();
    assertEquals(503, send("GET", "/asked/x", "").statusCode());
  }

  @Test
  void tellsTheServerOfNoCredential() throws Exception {
    send(
        "GET",
        "/asked/x?access_token=s3cret",
        "",
        "Authorization",
        "Basic s3cret",
        "Cookie",
        "session=s3cret",
        "Grpc-Metadata-Macaroon",
        "s3cret",
        "X-Plan",
        "gold");
    String text = prices.questions.get(0).httpRequestText();
    assertTrue(text.startsWith("GET /asked/x HTTP/1.1\r\n"), text);
    assertTrue(text.toLowerCase().contains("x-plan: gold\r\n"), text);
    assertFalse(text.contains("s3cret"), text);
  }

  /** Not when somebody first asks for a price. */
  @Test
  void doesNotStartWithACertificateThatCannotBeRead() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tls.yaml"),
            """
            services:
              - name: asked
                dynamicprice:
                  enabled: true
                  grpcaddress: "127.0.0.1:1"
                  tlscertpath: "%s"
            """
                .formatted(folder.resolve("none.pem")));
    L402Config config = L402Config.builder().file(file).simulatedBackend(node).build();
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(new FilterHolder(new L402Filter(config)), "/*", null);
    Server other = new Server();
    other.setHandler(context);
    Exception refused = assertThrows(Exception.class, other::start);
    other.stop();
    String message = refused + " " + refused.getCause();
    assertTrue(message.contains("dynamicprice.tlscertpath: "), message);
    assertTrue(message.contains("none.pem"), message);
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    buy("GET", "/asked/x");
    assertFalse(threads().isEmpty());
    server.stop();
    Awaitility.await().until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("l402-price-"))
        .toList();
  }
}
