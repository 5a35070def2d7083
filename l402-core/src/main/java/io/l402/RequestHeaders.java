// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Collection;
import java.util.List;

/** The header fields of a request, as the core sees them: no servlet, no gRPC. */
@FunctionalInterface
public interface RequestHeaders {
  /** No fields at all. */
  RequestHeaders NONE = name -> List.of();

  /**
   * The values of a field in the order in which they arrived; empty if there is none.
   *
   * @param name the field's name; case does not matter
   */
  List<String> values(String name);

  /**
   * The names of the fields there are, each once, in any case; none by default. Credentials are
   * found without them; a price that is asked for elsewhere is told of these fields.
   */
  default Collection<String> names() {
    return List.of();
  }
}
