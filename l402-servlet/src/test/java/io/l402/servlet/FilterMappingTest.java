// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterMappingTest {
  private final Map<String, FilterRegistration> registrations = new LinkedHashMap<>();
  private final ServletContext context = mock(ServletContext.class);

  private FilterMapping mapping(String webXml) {
    doReturn(registrations).when(context).getFilterRegistrations();
    when(context.getResourceAsStream(anyString()))
        .thenAnswer(
            call ->
                webXml == null
                    ? null
                    : new ByteArrayInputStream(webXml.getBytes(StandardCharsets.UTF_8)));
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn("l402");
    when(config.getServletContext()).thenReturn(context);
    return FilterMapping.of(config);
  }

  private void register(String name, String className, String... patterns) {
    FilterRegistration registration = mock(FilterRegistration.class);
    when(registration.getUrlPatternMappings()).thenReturn(List.of(patterns));
    when(registration.getClassName()).thenReturn(className);
    registrations.put(name, registration);
  }

  private static String app(String content) {
    return "<?xml version=\"1.0\"?><web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">"
        + content
        + "</web-app>";
  }

  private String refusal(String webXml) {
    return assertThrows(ServletException.class, mapping(webXml)::check).getMessage();
  }

  @Test
  void takesTheRegistrationItAdvises() {
    register("l402", L402Filter.class.getName(), "/*");
    assertDoesNotThrow(mapping(app(FilterMapping.XML))::check);
  }

  @Test
  void takesARegistrationInCodeWhoseDispatchesNobodyTells() {
    register("l402", L402Filter.class.getName(), "/*");
    assertDoesNotThrow(mapping(null)::check);
    assertDoesNotThrow(mapping(app("<filter><filter-name>other</filter-name></filter>"))::check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/paid/*", "/", "*.jsp", "/**"})
  void refusesToSeeLessThanEverything(String pattern) {
    register("l402", L402Filter.class.getName(), pattern);
    String refusal = refusal(null);
    assertTrue(refusal.contains("[" + pattern + "], not to /*"), refusal);
    assertTrue(refusal.contains(FilterMapping.XML), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR"})
  void refusesToMissADispatch(String type) {
    register("l402", L402Filter.class.getName(), "/*");
    String without = FilterMapping.XML.replace("<dispatcher>" + type + "</dispatcher>", "");
    String refusal = refusal(app(without));
    assertTrue(refusal.contains("dispatcher types [" + type + "]"), refusal);
    assertFalse(refusal.contains("async-supported."), refusal);
  }

  @Test
  void takesNoDispatcherForRequestsOnly() {
    register("l402", L402Filter.class.getName(), "/*");
    String refusal = refusal(app(FilterMapping.XML.replaceAll("<dispatcher>.*</dispatcher>", "")));
    assertTrue(refusal.contains("[FORWARD, INCLUDE, ASYNC, ERROR]"), refusal);
  }

  @Test
  void countsOnlyMappingsToEverything() {
    register("l402", L402Filter.class.getName(), "/*", "/x");
    String narrow =
        FilterMapping.XML
            + "<filter-mapping><filter-name>l402</filter-name><url-pattern>/x</url-pattern>"
            + "<dispatcher>ERROR</dispatcher></filter-mapping>";
    String refusal = refusal(app(narrow.replaceFirst("<dispatcher>ERROR</dispatcher>", "")));
    assertTrue(refusal.contains("dispatcher types [ERROR]"), refusal);
  }

  @Test
  void refusesToBeDeclaredWithoutAsync() {
    register("l402", L402Filter.class.getName(), "/*");
    String refusal =
        refusal(app(FilterMapping.XML.replace("<async-supported>true</async-supported>", "")));
    assertTrue(refusal.contains("without async-supported"), refusal);
  }

  @Test
  void refusesToComeBehindWebSocketUpgrades() {
    register("l402", L402Filter.class.getName(), "/*");
    register("ws", "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter", "/*");
    assertTrue(refusal(null).contains("WebSocketUpgradeFilter comes before it"));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    register("l402", L402Filter.class.getName(), "/paid/*");
    String refusal = refusal(app(FilterMapping.XML.replace("/*", "/paid/*").replace("true", "no")));
    assertTrue(refusal.contains("not to /*"), refusal);
    assertTrue(refusal.contains("REQUEST, FORWARD, INCLUDE, ASYNC, ERROR"), refusal);
    assertTrue(refusal.contains("async-supported"), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not xml",
        "<web-app>",
        "<!DOCTYPE web-app [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><web-app>&x;</web-app>",
        "<!DOCTYPE w SYSTEM \"http://127.0.0.1:9/none.dtd\"><web-app></web-app>"
      })
  void readsNothingButTheDescriptorItself(String webXml) {
    register("l402", L402Filter.class.getName(), "/*");
    assertDoesNotThrow(mapping(webXml)::check);
  }
}
