// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
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
    String xml = Readme.block("xml", "<context-param>");
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
    Path file = Files.writeString(folder.resolve("l402.yaml"), Readme.block("yaml", "services:"));
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
    assertEquals(4, Readme.blocks("xml").size());
  }

  private static Element parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }
}
