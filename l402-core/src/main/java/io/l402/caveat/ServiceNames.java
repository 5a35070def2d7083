// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import java.util.List;

/** The names under which a token may have been sold for a request. */
final class ServiceNames {
  private ServiceNames() {}

  /**
   * The service's name; where prices differ between requests, first the name that aperture puts
   * into its tokens, the service's name with the path behind it. A path with {@code ,} or {@code :}
   * is never read that way: those delimit the list.
   */
  static List<String> accepted(CaveatContext context) {
    return hasApertureForm(context)
        ? List.of(apertureForm(context), context.service())
        : List.of(context.service());
  }

  static boolean hasApertureForm(CaveatContext context) {
    return !context.fixedPrice()
        && context.path().indexOf(',') < 0
        && context.path().indexOf(':') < 0;
  }

  static String apertureForm(CaveatContext context) {
    return context.service() + context.path();
  }
}
