// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.l402.servlet.ServiceBuilder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams over TLS. */
@Timeout(60)
class ProxyTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;
  private static HttpsServer self;
  private static HttpsServer signed;
  private static HttpsServer expired;
  private static HttpsServer pinned;

  /** Certificates for localhost: signed by itself, and by an authority, which is cert.pem's too. */
  @BeforeAll
  static void start() throws Exception {
    String server = " -genkeypair -alias k -keyalg EC -dname CN=localhost -ext san=dns:localhost";
    keytool("self", server);
    export("self", "k");
    keytool("old", server + " -startdate -10d -validity 5");
    export("old", "k");
    keytool("ca", "-genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc:c");
    export("ca", "ca");
    sign("signed", server, "-validity 5");
    sign("expired", server, "-startdate -10d -validity 5");
    self = serve("self");
    pinned = serve("old");
    signed = serve("signed");
    expired = serve("expired");
  }

  private static void export(String store, String alias) throws Exception {
    keytool(store, "-exportcert -rfc -alias " + alias + " -file " + folder.resolve(store + ".pem"));
  }

  private static void sign(String store, String server, String validity) throws Exception {
    Path asked = folder.resolve(store + ".csr");
    Path given = folder.resolve(store + ".pem");
    keytool(store, server);
    keytool(store, "-certreq -alias k -file " + asked);
    keytool(
        "ca",
        "-gencert -rfc -alias ca -ext san=dns:localhost -infile "
            + asked
            + " -outfile "
            + given
            + " "
            + validity);
    keytool(store, "-importcert -noprompt -alias ca -file " + folder.resolve("ca.pem"));
    keytool(store, "-importcert -noprompt -alias k -file " + given);
  }

  private static HttpsServer serve(String store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(store + ".p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes());
          exchange.close();
        });
    server.start();
    return server;
  }

  @AfterAll
  static void stop() {
    List.of(self, signed, expired, pinned).forEach(server -> server.stop(0));
  }

  private static void keytool(String keyStore, String arguments) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String store = " -storetype PKCS12 -storepass " + PASSWORD + " -keystore ";
    String line = tool + " " + arguments.strip() + store + folder.resolve(keyStore + ".p12");
    Process process = new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  private static void assertStatus(
      int status, HttpsServer server, String host, Consumer<ServiceBuilder> settings)
      throws Exception {
    String address = host + ":" + server.getAddress().getPort();
    try (Gate gate = Gate.to(address, "https", settings)) {
      String answer = gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }
  }

  private static Consumer<ServiceBuilder> trust(String store) {
    return service -> service.set("tlscertpath", folder.resolve(store + ".pem").toString());
  }

  @Test
  void refusesACertificateThatNobodySigned() throws Exception {
    assertStatus(502, self, "localhost", service -> {});
  }

  @Test
  void refusesACertificateOfAnUnknownAuthority() throws Exception {
    assertStatus(502, signed, "localhost", service -> {});
    assertStatus(502, signed, "localhost", trust("self"));
  }

  @Test
  void takesACertificateThatTheServiceTrusts() throws Exception {
    assertStatus(200, self, "localhost", trust("self"));
    assertStatus(200, signed, "localhost", trust("ca"));
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    assertStatus(502, self, "127.0.0.1", trust("self"));
    assertStatus(502, signed, "127.0.0.1", trust("ca"));
  }

  @Test
  void refusesACertificateThatHasExpired() throws Exception {
    assertStatus(502, expired, "localhost", trust("ca"));
    assertStatus(502, pinned, "localhost", trust("old"));
  }

  @Test
  void takesAnyCertificateOnlyIfToldTo() throws Exception {
    Consumer<ServiceBuilder> any = service -> service.set("insecureskipverify", "true");
    assertStatus(200, self, "127.0.0.1", any);
    assertStatus(200, expired, "127.0.0.1", any);
  }
}
