// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.IntrospectionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;

class ReadmeXmlTest {
  @TempDir Path folder;

  @Test
  void theFiveLinesPutAPriceOnAUrl() throws Exception {
    String xml = Readme.block("xml", "l402.paths");
    try (TomcatWithWebXml tomcat = new TomcatWithWebXml(folder, xml).start()) {
      assertEquals(402, tomcat.status("/weather"));
      assertEquals(200, tomcat.status("/other"));
      assertTrue(tomcat.get("/weather", "Accept", "application/json").body().contains("10000"));
    }
  }

  @Test
  void theFullFormDoesTheSame() throws Exception {
    String xml = Readme.block("xml", "<filter-class>");
    try (TomcatWithWebXml tomcat = new TomcatWithWebXml(folder, xml).start()) {
      assertEquals(402, tomcat.status("/weather"));
      assertEquals(200, tomcat.status("/other"));
    }
  }

  @Test
  void theFileSellsWhatItSays() throws Exception {
    Path file =
        Files.writeString(folder.resolve("l402.yaml"), Readme.block("yaml", "name: weather"));
    String xml = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"/>";
    try (TomcatWithWebXml tomcat =
        new TomcatWithWebXml(folder, xml).parameter("l402.config", file.toString()).start()) {
      assertEquals(402, tomcat.status("/weather"));
      assertEquals(402, tomcat.status("/forecast/tomorrow"));
      assertTrue(tomcat.get("/report", "Accept", "application/json").body().contains("25000"));
      assertEquals(200, tomcat.status("/free"));
      assertEquals(200, tomcat.status("/health"));
      assertEquals(404, tomcat.status("/forgotten"));
    }
  }

  @Test
  void theProxySellsWhatTheBackendServes() throws Exception {
    HttpServer backend = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    backend.createContext("/about", exchange -> answer(exchange, "about"));
    backend.start();
    String address = "127.0.0.1:" + backend.getAddress().getPort();
    Path inside = Files.createDirectories(folder.resolve("docs/WEB-INF"));
    String yaml = Readme.block("yaml", "address:").replace("127.0.0.1:8080", address);
    Files.writeString(inside.resolve("l402.yaml"), yaml);
    String xml = Readme.block("xml", "L402ProxyServlet");
    try (TomcatWithWebXml tomcat = new TomcatWithWebXml(folder, xml).start()) {
      assertEquals(402, tomcat.status("/api/paid"));
      assertEquals("about", tomcat.get("/api/about").body());
    } finally {
      backend.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length());
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void theDependencyIsThisProjects() throws Exception {
    Element dependency = parse(Readme.block("xml", "<dependency>"));
    String pom = Files.readString(Readme.ROOT.resolve("l402-servlet/pom.xml"));
    for (String name : new String[] {"groupId", "artifactId", "version"}) {
      String value = dependency.getElementsByTagName(name).item(0).getTextContent();
      assertTrue(pom.contains("<" + name + ">" + value + "</" + name + ">"), name);
    }
  }

  @Test
  void tomcatKnowsTheSettingsForHttp2() throws Exception {
    Element protocol = parse(Readme.block("xml", "<UpgradeProtocol"));
    Object made = Class.forName(protocol.getAttribute("className")).getConstructor().newInstance();
    NamedNodeMap attributes = protocol.getAttributes();
    Set<String> set = new TreeSet<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      String name = attributes.item(i).getNodeName();
      if (!name.equals("className")) {
        assertTrue(
            IntrospectionUtils.setProperty(made, name, attributes.item(i).getNodeValue()), name);
        set.add(name);
      }
    }
    assertEquals(Set.of("overheadDataThreshold", "streamReadTimeout"), set);
    assertEquals(-1, ((Http2Protocol) made).getStreamReadTimeout());
    assertEquals(0, ((Http2Protocol) made).getOverheadDataThreshold());
  }

  @Test
  void everyBlockIsTriedHere() throws Exception {
    assertEquals(5, Readme.blocks("xml").size());
  }

  private static Element parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }
}
