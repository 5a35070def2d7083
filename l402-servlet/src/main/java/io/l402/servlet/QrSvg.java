// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Locale;

/** A QR code as inline SVG: no image request, no script, no style. */
final class QrSvg {
  /** What scanners need of white around a code, in modules. */
  private static final int QUIET_ZONE = 4;

  private QrSvg() {}

  /**
   * A code that opens the invoice in a wallet. In capitals, which QR codes pack much tighter and
   * bech32 allows. Empty if no code is large enough.
   */
  static String ofInvoice(String invoice) {
    try {
      String uri = "LIGHTNING:" + invoice.toUpperCase(Locale.ROOT);
      return svg(QrCode.encodeText(uri, QrCode.Ecc.LOW));
    } catch (DataTooLongException e) {
      return "";
    }
  }

  private static String svg(QrCode code) {
    int side = code.size + 2 * QUIET_ZONE;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + side
        + " "
        + side
        + "\" role=\"img\" aria-label=\"QR code of the invoice\" shape-rendering=\"crispEdges\">"
        + "<path fill=\"#fff\" d=\"M0 0h"
        + side
        + "v"
        + side
        + "H0z\"/><path d=\""
        + modules(code)
        + "\"/></svg>";
  }

  /** One rectangle for every run of dark modules in a row. */
  private static String modules(QrCode code) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        int run = run(code, x, y);
        if (run > 0) {
          path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
          path.append('h').append(run).append("v1h-").append(run).append('z');
          x += run;
        }
      }
    }
    return path.toString();
  }

  private static int run(QrCode code, int x, int y) {
    int run = 0;
    while (code.getModule(x + run, y)) {
      run++;
    }
    return run;
  }
}
