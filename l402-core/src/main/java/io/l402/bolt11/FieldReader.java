// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.PaymentHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads tagged fields. The first field of a type that is well formed holds. A hash, secret or node
 * id of the wrong length counts as absent, so that an invoice without a good one is refused and one
 * with a good one before it is not, as the specification's examples want it.
 */
final class FieldReader {
  private final InvoiceFields fields = new InvoiceFields();

  private FieldReader() {}

  /**
   * Reads the groups from an offset to the end.
   *
   * @throws MalformedInvoiceException if they are not fields, or a field does not do
   */
  static InvoiceFields read(byte[] groups, int from) {
    FieldReader reader = new FieldReader();
    int at = from;
    while (at < groups.length) {
      if (groups.length - at < 3) {
        throw new MalformedInvoiceException("bolt 11: a field without type and length");
      }
      int length = groups[at + 1] << 5 | groups[at + 2];
      int start = at + 3;
      if (length > groups.length - start) {
        throw new MalformedInvoiceException("bolt 11: a field longer than the invoice");
      }
      reader.field(groups[at], Arrays.copyOfRange(groups, start, start + length));
      at = start + length;
    }
    reader.fields.check();
    return reader.fields;
  }

  private void field(int type, byte[] groups) {
    try {
      value(type, groups);
    } catch (IllegalArgumentException e) {
      throw new MalformedInvoiceException("bolt 11: " + e.getMessage());
    }
  }

  private void value(int type, byte[] groups) {
    switch (type) {
      case FieldType.FEATURES -> features(groups);
      case FieldType.EXPIRY -> expiry(groups);
      case FieldType.MIN_FINAL_CLTV_EXPIRY -> minFinalCltvExpiry(groups);
      case FieldType.FALLBACK -> fallback(groups);
      case FieldType.ROUTE_HINT ->
          fields.routeHints.add(RouteHintCodec.decode(FiveBits.toBytes(groups)));
      case FieldType.DESCRIPTION -> description(groups);
      case FieldType.METADATA -> metadata(groups);
      default -> fixedLength(type, groups);
    }
  }

  private void fixedLength(int type, byte[] groups) {
    if (type == FieldType.PAYEE && groups.length == FieldType.GROUPS_OF_NODE_ID) {
      payee(groups);
    }
    if (groups.length != FieldType.GROUPS_OF_32_BYTES) {
      return;
    }
    switch (type) {
      case FieldType.PAYMENT_HASH -> paymentHash(groups);
      case FieldType.PAYMENT_SECRET -> paymentSecret(groups);
      case FieldType.DESCRIPTION_HASH -> descriptionHash(groups);
      default -> {
        // Fields of other types are for others: the specification says to skip them.
      }
    }
  }

  private void paymentHash(byte[] groups) {
    if (fields.paymentHash == null) {
      fields.paymentHash = PaymentHash.of(FiveBits.toBytes(groups));
    }
  }

  private void paymentSecret(byte[] groups) {
    if (fields.paymentSecret == null) {
      fields.paymentSecret = ByteString.of(FiveBits.toBytes(groups));
    }
  }

  private void descriptionHash(byte[] groups) {
    if (fields.descriptionHash == null) {
      fields.descriptionHash = ByteString.of(FiveBits.toBytes(groups));
    }
  }

  private void payee(byte[] groups) {
    if (fields.payee == null) {
      fields.payee = NodeId.of(FiveBits.toBytes(groups));
    }
  }

  private void description(byte[] groups) {
    if (fields.description == null) {
      fields.description = utf8(FiveBits.toBytes(groups));
    }
  }

  private void metadata(byte[] groups) {
    if (fields.metadata == null) {
      fields.metadata = ByteString.of(FiveBits.toBytes(groups));
    }
  }

  private void features(byte[] groups) {
    if (fields.features == null) {
      fields.features = Features.read(groups);
    }
  }

  private void expiry(byte[] groups) {
    if (fields.expirySeconds == null) {
      fields.expirySeconds = FiveBits.toLong(groups);
    }
  }

  private void minFinalCltvExpiry(byte[] groups) {
    if (fields.minFinalCltvExpiry == null) {
      fields.minFinalCltvExpiry = FiveBits.toLong(groups);
    }
  }

  /** Addresses of versions yet to come are skipped. */
  private void fallback(byte[] groups) {
    if (groups.length > 0 && groups[0] <= FallbackAddress.P2SH) {
      byte[] program = FiveBits.toBytes(Arrays.copyOfRange(groups, 1, groups.length));
      fields.fallbacks.add(new FallbackAddress(groups[0], ByteString.of(program)));
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedInvoiceException("bolt 11: the description is not UTF-8");
    }
  }
}
