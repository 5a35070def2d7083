// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.MilliSatoshi;
import io.l402.Preimage;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoiceOrBuilder;
import java.nio.charset.StandardCharsets;

/** What lnd refuses to make an invoice of, in its order and with its texts. */
final class InvoiceChecks {
  private static final int MAX_MEMO = 1024;
  private static final int MAX_DESCRIPTION = 639;
  private static final long MAX_EXPIRY = 365 * 86_400L;
  private static final int MAX_CLTV = 65_535;
  private static final int MIN_CLTV = 18;

  private InvoiceChecks() {}

  /** The amount in millisatoshi, 0 for any. */
  static long amount(Invoice request) {
    long sat = request.getValue();
    long msat = request.getValueMsat();
    if (sat != 0 && msat != 0) {
      throw LndError.of("sat and msat arguments are mutually exclusive");
    }
    if (sat < 0 || msat < 0) {
      throw LndError.of("amount cannot be negative");
    }
    if (sat > MilliSatoshi.MAX_MSAT / 1000 || msat > MilliSatoshi.MAX_MSAT) {
      long tooMuch = Math.max(sat, msat / 1000);
      throw LndError.of("invoice amount " + tooMuch + " is too large, max is 100000 BTC");
    }
    return sat * 1000 + msat;
  }

  static ByteString preimage(ByteString given) {
    if (given.size() != Preimage.LENGTH) {
      throw LndError.of("invalid preimage length of " + given.size() + ", want 32");
    }
    if (Preimage.of(given.toByteArray()).isAllZero()) {
      throw LndError.of("cannot use hash of all-zeroes preimage");
    }
    return given;
  }

  static void check(InvoiceOrBuilder request) {
    if (request.getIsAmp()) {
      throw LndError.of("fake lnd: it makes no AMP invoices on request");
    }
    int memo = request.getMemo().getBytes(StandardCharsets.UTF_8).length;
    if (memo > MAX_MEMO) {
      throw LndError.of("memo too large: " + memo + " bytes (maxsize=" + MAX_MEMO + ")");
    }
    int hash = request.getDescriptionHash().size();
    if (hash != 0 && hash != 32) {
      throw LndError.of("description hash is " + hash + " bytes, must be 32");
    }
    checkTimes(request);
    if (hash == 0 && memo > MAX_DESCRIPTION) {
      int groups = (memo * 8 + 4) / 5;
      throw LndError.of("data length too big to fit within 10 bits: " + groups);
    }
  }

  private static void checkTimes(InvoiceOrBuilder request) {
    if (request.getExpiry() > MAX_EXPIRY) {
      throw LndError.of(
          "expiry of %s seconds greater than max expiry of %s seconds"
              .formatted(go(request.getExpiry()), go(MAX_EXPIRY)));
    }
    long cltv = request.getCltvExpiry();
    if (cltv < 0 || cltv > MAX_CLTV) {
      throw LndError.of("CLTV delta of " + cltv + " is too large, max accepted is: " + MAX_CLTV);
    }
    if (cltv != 0 && cltv < MIN_CLTV) {
      throw LndError.of("CLTV delta of " + cltv + " must be greater than minimum of " + MIN_CLTV);
    }
  }

  /** As Go prints a large float64. */
  private static String go(long seconds) {
    String all = Long.toString(seconds);
    String digits = all.replaceAll("0+$", "");
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return "%c%se+%02d".formatted(digits.charAt(0), fraction, all.length() - 1);
  }
}
