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
  private static HttpsServer server;

  /** Its certificate is for localhost, signed by itself. */
  @BeforeAll
  static void start() throws Exception {
    keytool("-genkeypair -alias k -keyalg EC -dname CN=localhost -ext san=dns:localhost");
    keytool("-exportcert -rfc -alias k -file " + folder.resolve("cert.pem"));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes());
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static void keytool(String arguments) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String store = " -storetype PKCS12 -storepass " + PASSWORD + " -keystore ";
    String line = tool + " " + arguments + store + folder.resolve("keys.p12");
    Process process = new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  private static void assertStatus(int status, String host, Consumer<ServiceBuilder> settings)
      throws Exception {
    String address = host + ":" + server.getAddress().getPort();
    try (Gate gate = Gate.to(address, "https", settings)) {
      String answer = gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }
  }

  private static void trust(ServiceBuilder service) {
    service.set("tlscertpath", folder.resolve("cert.pem").toString());
  }

  @Test
  void refusesACertificateThatNobodySigned() throws Exception {
    assertStatus(502, "localhost", service -> {});
  }

  @Test
  void takesACertificateThatTheServiceTrusts() throws Exception {
    assertStatus(200, "localhost", ProxyTlsTest::trust);
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    assertStatus(502, "127.0.0.1", ProxyTlsTest::trust);
  }

  @Test
  void takesAnyCertificateOnlyIfToldTo() throws Exception {
    assertStatus(200, "127.0.0.1", service -> service.set("insecureskipverify", "true"));
  }
}
