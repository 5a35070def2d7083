// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingClientTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.eclipse.jetty.client.",
        "org.eclipse.jetty.http2.client.",
        "org.eclipse.jetty.alpn.",
      })
  void refusesToStartAndNamesTheArtifacts(String missing) throws Exception {
    Servlet servlet =
        (Servlet)
            new Without(missing)
                .loadClass(L402ProxyServlet.class.getName())
                .getConstructor()
                .newInstance();
    String why =
        assertThrows(UnavailableException.class, () -> servlet.init(mock(ServletConfig.class)))
            .getMessage();
    assertTrue(why.contains("org.eclipse.jetty:jetty-client"), why);
    assertTrue(why.contains("jetty-http2-client-transport"), why);
    assertTrue(why.contains("jetty-alpn-java-client"), why);
    servlet.destroy();
  }

  /** Loads the proxy anew, as if some of Jetty were not on the class path. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(String missing) {
      super(MissingClientTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        throw new ClassNotFoundException(name);
      }
      boolean ours = name.startsWith("io.l402.servlet.proxy.");
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : ours ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
