// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.List;

/** How much the header fields of a message may come to, and that each is one. */
final class FieldLimits {
  private static final int MAX_REQUEST = 32 * 1024;
  private static final int MAX_REQUEST_VALUE = 16 * 1024;
  private static final int MAX_REQUEST_FIELDS = 100;
  private static final int MAX_RESPONSE = 64 * 1024;

  private FieldLimits() {}

  /**
   * Checks a request's fields.
   *
   * @throws RefusedException if they are not to be forwarded
   */
  static void checkRequest(List<Field> fields) {
    for (Field field : fields) {
      require(field.isValid(), Failure.BAD_REQUEST, "a field that is none");
      require(
          field.value().length() <= MAX_REQUEST_VALUE, Failure.FIELDS_TOO_LARGE, "a long field");
    }
    require(fields.size() <= MAX_REQUEST_FIELDS, Failure.FIELDS_TOO_LARGE, "many fields");
    require(size(fields) <= MAX_REQUEST, Failure.FIELDS_TOO_LARGE, "long fields");
  }

  /**
   * Checks an answer's fields.
   *
   * @throws RefusedException if they are not to be forwarded
   */
  static void checkResponse(List<Field> fields) {
    for (Field field : fields) {
      require(field.isValid(), Failure.BAD_GATEWAY, "a field that is none");
    }
    require(size(fields) <= MAX_RESPONSE, Failure.BAD_GATEWAY, "long fields");
  }

  private static long size(List<Field> fields) {
    return fields.stream().mapToLong(it -> it.name().length() + it.value().length() + 4L).sum();
  }

  private static void require(boolean holds, Failure failure, String what) {
    if (!holds) {
      throw new RefusedException(failure, "fields: " + what);
    }
  }
}
