// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test class, with a message, where LDK has no native library for this system. Where the
 * environment variable {@code L402_REQUIRE} names {@code ldk}, it fails instead. A library that is
 * there and does not load is a failure anywhere.
 */
final class LdkLibrary implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    String system = System.getProperty("os.name").replace(" ", "");
    check(system, System.getProperty("os.arch"), System.getenv().getOrDefault("L402_REQUIRE", ""));
  }

  static void check(String system, String architecture, String required) {
    String library = "/liblightningjni_" + system + "-" + architecture + ".nativelib";
    if (LdkLibrary.class.getResource(library) != null) {
      return;
    }
    String message = "LDK has no native library for " + system + " on " + architecture;
    if (List.of(required.split("[, ]+")).contains("ldk")) {
      fail(message + ", and L402_REQUIRE asks for it");
    }
    abort(message);
  }
}
