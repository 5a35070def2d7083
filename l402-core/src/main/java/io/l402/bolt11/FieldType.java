// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

/** The types of tagged fields, by the number that stands before them. */
final class FieldType {
  static final int PAYMENT_HASH = 1;
  static final int ROUTE_HINT = 3;
  static final int FEATURES = 5;
  static final int EXPIRY = 6;
  static final int FALLBACK = 9;
  static final int DESCRIPTION = 13;
  static final int PAYMENT_SECRET = 16;
  static final int PAYEE = 19;
  static final int DESCRIPTION_HASH = 23;
  static final int MIN_FINAL_CLTV_EXPIRY = 24;
  static final int METADATA = 27;

  /** How many groups a field of 32 bytes has; one of any other length is skipped. */
  static final int GROUPS_OF_32_BYTES = 52;

  /** How many groups a node id has. */
  static final int GROUPS_OF_NODE_ID = 53;

  /** How many groups a field can have: its length is written in two of them. */
  static final int MAX_GROUPS = 1023;

  private FieldType() {}
}
