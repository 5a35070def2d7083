// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The deployment descriptor, for what the servlet API does not tell about a filter. */
final class WebXml {
  private static final System.Logger LOG = System.getLogger(WebXml.class.getName());

  private final Document document;

  private WebXml(Document document) {
    this.document = document;
  }

  /** The descriptor of an application, if it has one that can be read. */
  static Optional<WebXml> find(ServletContext context) {
    try (InputStream in = context.getResourceAsStream("/WEB-INF/web.xml")) {
      return in == null ? Optional.empty() : Optional.of(new WebXml(parse(in)));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      LOG.log(System.Logger.Level.DEBUG, "web.xml could not be read", e);
      return Optional.empty();
    }
  }

  private static Document parse(InputStream in)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setExpandEntityReferences(false);
    factory.setNamespaceAware(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    return builder.parse(in);
  }

  /** What it says about a filter, if it declares it. */
  Optional<DeclaredFilter> filter(String name) {
    boolean declared = false;
    boolean async = false;
    for (Element filter : elements(document.getDocumentElement(), "filter")) {
      if (texts(filter, "filter-name").contains(name)) {
        declared = true;
        async = texts(filter, "async-supported").contains("true");
      }
    }
    return declared ? Optional.of(new DeclaredFilter(async, dispatchers(name))) : Optional.empty();
  }

  /** The dispatcher types for which the filter is mapped to everything; REQUEST unless others. */
  private Set<String> dispatchers(String name) {
    Set<String> types = new TreeSet<>();
    for (Element mapping : elements(document.getDocumentElement(), "filter-mapping")) {
      boolean everything = texts(mapping, "url-pattern").contains("/*");
      if (everything && texts(mapping, "filter-name").contains(name)) {
        List<String> named = texts(mapping, "dispatcher");
        types.addAll(named.isEmpty() ? List.of("REQUEST") : named);
      }
    }
    return types;
  }

  private static List<String> texts(Element parent, String name) {
    List<String> texts = new ArrayList<>();
    for (Element element : elements(parent, name)) {
      texts.add(element.getTextContent().trim());
    }
    return texts;
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagNameNS("*", name);
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i).getParentNode() == parent) {
        found.add((Element) nodes.item(i));
      }
    }
    return found;
  }

  /**
   * A filter as it is declared.
   *
   * @param dispatchers the dispatcher types for which it sees everything
   */
  record DeclaredFilter(boolean asyncSupported, Set<String> dispatchers) {
    private static final List<String> ALL =
        List.of("REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR");

    void check(List<String> faults) {
      List<String> missing = new ArrayList<>(ALL);
      dispatchers.forEach(type -> missing.remove(type.toUpperCase(Locale.ROOT)));
      if (!missing.isEmpty()) {
        faults.add("it is not mapped to /* for the dispatcher types " + missing);
      }
      if (!asyncSupported) {
        faults.add("it is declared without async-supported");
      }
    }
  }
}
