// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Header fields as Jetty has them. */
final class JettyFields {
  private JettyFields() {}

  /** The same in our form, in order. */
  static List<Field> of(HttpFields fields) {
    List<Field> all = new ArrayList<>();
    for (HttpField field : fields) {
      all.add(new Field(field.getName(), Objects.requireNonNullElse(field.getValue(), "")));
    }
    return all;
  }
}
