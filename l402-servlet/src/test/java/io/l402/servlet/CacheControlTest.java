// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | private",
        "public                           | private",
        "Public, max-age=60               | max-age=60, private",
        "max-age=60                       | max-age=60, private",
        "s-maxage=60                      | private",
        "max-age=1, S-MAXAGE = 60         | max-age=1, private",
        "private                          | private",
        "PRIVATE, max-age=60              | PRIVATE, max-age=60",
        "private, public                  | private",
        "no-store                         | no-store",
        "No-Store, public, s-maxage=1     | No-Store",
        "no-cache                         | no-cache, private",
        "private=\"set-cookie\"           | private=\"set-cookie\", private",
        "no-cache=\"a, public, b\"        | no-cache=\"a, public, b\", private",
        "x=\"a\\\", no-store\", max-age=1 | x=\"a\\\", no-store\", max-age=1, private",
        "x=\"never closed, no-store       | x=\"never closed, no-store, private",
        ", ,public,, max-age=5 ,          | max-age=5, private",
        "must-revalidate                  | must-revalidate, private",
      })
  void keepsPaidAnswersOutOfSharedCaches(String said, String sent) {
    assertEquals(sent, CacheControl.restrict(said));
  }
}
