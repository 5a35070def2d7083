// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.L402ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Configurations for tests. */
final class Configs {
  private Configs() {}

  static L402Config yaml(String document) {
    return yaml(document, Map.of());
  }

  static L402Config yaml(String document, Map<String, String> environment) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return L402Config.builder().document(bytes).environment(environment).build();
  }

  static String refusal(String document) {
    return assertThrows(L402ConfigException.class, () -> yaml(document)).getMessage();
  }

  static L402Config parameters(Map<String, String> parameters) {
    return L402Config.builder().initParameters(parameters).build();
  }

  static String refusal(Map<String, String> parameters) {
    return assertThrows(L402ConfigException.class, () -> parameters(parameters)).getMessage();
  }

  /** A document with one service of these lines on a simulated node; they begin on line 4. */
  static String service(String... lines) {
    return "backend: simulated\nservices:\n  - name: a\n    " + String.join("\n    ", lines) + "\n";
  }
}
