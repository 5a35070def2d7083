// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.l402.L402ConfigException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterParametersTest {
  private static final String YAML = "backend: simulated\nservices: [{name: %s, paths: /x}]\n";

  private final ServletContext context = mock(ServletContext.class);
  private final FilterConfig filter = mock(FilterConfig.class);

  @Test
  void readsAFileInsideTheApplication() {
    contextParameters(Map.of("l402.config", "/WEB-INF/prices.yaml"));
    when(context.getResourceAsStream("/WEB-INF/prices.yaml"))
        .thenReturn(
            new ByteArrayInputStream(YAML.formatted("inside").getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of("inside"), FilterParameters.read(filter).serviceNames());
  }

  @Test
  void readsAnyOtherFileFromWhereItLies(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("prices.yaml"), YAML.formatted("outside"));
    contextParameters(Map.of("l402.config", file.toString()));
    assertEquals(List.of("outside"), FilterParameters.read(filter).serviceNames());
  }

  @Test
  void namesAFileTheApplicationDoesNotHave() {
    contextParameters(Map.of("l402.config", "/WEB-INF/prices.yaml"));
    Exception refused =
        assertThrows(L402ConfigException.class, () -> FilterParameters.read(filter));
    assertTrue(refused.getMessage().contains("/WEB-INF/prices.yaml"), refused.getMessage());
  }

  @Test
  void putsTheFiltersOwnParametersOverTheContexts() {
    contextParameters(Map.of("l402.name", "context", "l402.backend", "simulated", "other", "1"));
    when(filter.getInitParameterNames()).thenReturn(Collections.enumeration(List.of("name")));
    when(filter.getInitParameter("name")).thenReturn("own");
    assertEquals(List.of("own"), FilterParameters.read(filter).serviceNames());
  }

  private void contextParameters(Map<String, String> parameters) {
    when(filter.getServletContext()).thenReturn(context);
    when(filter.getInitParameterNames()).thenReturn(Collections.emptyEnumeration());
    when(context.getInitParameterNames()).thenReturn(Collections.enumeration(parameters.keySet()));
    parameters.forEach((name, value) -> when(context.getInitParameter(name)).thenReturn(value));
  }
}
