// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.List;
import java.util.Map;

/** An upstream's answer; its body comes out of it. */
interface UpstreamResponse extends BodySource {
  /** The status. */
  int status();

  /** The header fields, in order. */
  List<Field> fields();

  /** The trailers, known at the end. */
  Map<String, String> trailers();
}
