// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.l402.L402ConfigException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class L402InitializerTest {
  private final ServletContext context = mock(ServletContext.class);
  private final FilterRegistration.Dynamic filter = mock(FilterRegistration.Dynamic.class);

  private void start(Map<String, ? extends FilterRegistration> registered, String... parameters) {
    when(context.getInitParameterNames())
        .thenAnswer(call -> Collections.enumeration(List.of(parameters)));
    doReturn(registered).when(context).getFilterRegistrations();
    when(context.addFilter(anyString(), any(Filter.class))).thenReturn(filter);
    new L402Initializer().onStartup(Set.of(), context);
  }

  @Test
  void isFoundByTheContainer() {
    assertTrue(
        ServiceLoader.load(ServletContainerInitializer.class).stream()
            .anyMatch(provider -> provider.type() == L402Initializer.class));
  }

  @Test
  void registersTheFilterFirstOnEverythingForEveryDispatch() {
    start(Map.of(), "l402.config", "other");
    verify(filter).setAsyncSupported(true);
    verify(filter).addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  @Test
  void doesNothingUnasked() {
    start(Map.of(), "other", "l402price");
    verify(context, never()).addFilter(anyString(), any(Filter.class));
  }

  @Test
  void leavesAFilterAloneThatIsThereAlready() {
    FilterRegistration declared = mock(FilterRegistration.class);
    when(declared.getClassName()).thenReturn(L402Filter.class.getName());
    start(Map.of("mine", declared), "l402.price");
    verify(context, never()).addFilter(anyString(), any(Filter.class));
  }

  @Test
  void refusesToStartWhenItsNameIsTaken() {
    when(context.getInitParameterNames())
        .thenReturn(Collections.enumeration(List.of("l402.price")));
    doReturn(Map.of()).when(context).getFilterRegistrations();
    L402Initializer initializer = new L402Initializer();
    assertThrows(L402ConfigException.class, () -> initializer.onStartup(Set.of(), context));
  }

  @Test
  void readsContextParametersWithoutTheirPrefix() {
    start(Map.of(), "l402.price", "other", "l402.cors.origins");
    when(context.getInitParameter("l402.price")).thenReturn("10sat");
    when(context.getInitParameter("l402.cors.origins")).thenReturn("*");
    assertEquals(
        Map.of("price", "10sat", "cors.origins", "*"), FilterParameters.ofContext(context));
  }
}
