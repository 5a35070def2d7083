// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that has a cursor file until its input ends. */
final class CursorHolder {
  private CursorHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (CursorFile file = CursorFile.open(Path.of(arguments[0]))) {
      System.out.println("held " + file);
      while (System.in.read() >= 0) {
        // Nothing is expected; what matters is the end.
      }
    }
  }
}
