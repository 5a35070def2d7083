// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.NodeId;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 402, a payment between two real nodes, 200: in strict mode, so the node has to confirm it. */
@ExtendWith(LdkLibrary.class)
class LdkFilterIT {
  private static LdkPair pair;
  private static LdkPayer payer;
  private static LdkBackend backend;
  private static Server server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    pair = LdkPair.open();
    payer = new LdkPayer(pair.payer);
    backend = new LdkBackend(pair.payee);
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    L402Config config = config(folder.resolve("master.key"));
    context.addServletContainerInitializer((none, ctx) -> register(ctx, config));
    server.setHandler(context);
    server.start();
  }

  private static L402Config config(Path masterKey) {
    return L402Config.builder()
        .backend(backend)
        .set("network", "regtest")
        .set("strictverify", "true")
        .masterKeyFile(masterKey)
        .service("paid", service -> service.paths("/paid/*").price(MilliSatoshi.ofSat(10)))
        .build();
  }

  private static void register(ServletContext context, L402Config config) {
    FilterRegistration.Dynamic filter = context.addFilter("l402", new L402Filter(config));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    context.addServlet("wares", new Wares()).addMapping("/paid/*");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.stop();
      backend.close();
      payer.close();
      pair.close();
    }
  }

  @Test
  void whoeverPaysTheChallengeOverARealHtlcGetsIn() throws Exception {
    RawResponse challenge = get();
    assertEquals(402, challenge.status());
    Bolt11 invoice = Bolt11.decode(challenge.challenge("invoice"));
    assertEquals(NodeId.of(pair.payee.nodeId()), invoice.payee());
    assertEquals(MilliSatoshi.ofSat(10), invoice.amount().orElseThrow());
    Preimage learnt = payer.pay(invoice.paymentRequest());
    assertEquals(invoice.paymentHash(), learnt.paymentHash());
    RawResponse answer = get(credential(challenge, learnt));
    assertEquals(200, answer.status());
    assertEquals("goods", answer.body());
    assertEquals(200, get(credential(challenge, learnt)).status());
  }

  @Test
  void anotherPaymentsPreimageOpensNothing() throws Exception {
    RawResponse unpaid = get();
    RawResponse paid = get();
    Preimage learnt = payer.pay(paid.challenge("invoice"));
    PaymentHash other = Bolt11.decode(unpaid.challenge("invoice")).paymentHash();
    assertNotEquals(other, learnt.paymentHash());
    assertEquals(402, get(credential(unpaid, learnt)).status());
  }

  private static String credential(RawResponse challenge, Preimage preimage) {
    return "Authorization: L402 " + challenge.challenge("macaroon") + ":" + preimage.toHex();
  }

  private static RawResponse get(String... fields) throws IOException {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return RawHttp.get(port, "/paid/x", fields);
  }

  private static final class Wares extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().print("goods");
    }
  }
}
