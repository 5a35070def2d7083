// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** What the plainer pages of the demo say. */
final class DemoTexts {
  private DemoTexts() {}

  /** What 25 sat buy. The token that paid is the caller's name; there are no other accounts. */
  static String report(HttpServletRequest request) {
    Principal reader = request.getUserPrincipal();
    return "Harbour report, Null Island\n"
        + "  Boats in:  1 (the buoy)\n"
        + "  Boats out: 0\n"
        + "Read by token "
        + (reader == null ? "-" : reader.getName())
        + "\n";
  }

  /** What some may have for nothing. */
  static String free(HttpServletRequest request) {
    return "A sailor who asks the price of wind has never rowed.\n";
  }

  /**
   * Up, as long as this is answered: sold tokens work whether the node is up or not. Whether new
   * ones can be sold is said besides.
   */
  static String health(Node node) {
    String lightning = node.health().map(word -> ",\"lightning\":\"" + word + "\"").orElse("");
    return "{\"status\":\"up\",\"node\":\"" + node.mode() + "\"" + lightning + "}\n";
  }
}
