// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.l402.lnd.fake.proto.Op;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which operation each method needs, and how operations are written into a macaroon. */
final class Permissions {
  static final List<String> ADMIN =
      expand(
          "address:read,write",
          "info:read,write",
          "invoices:read,write",
          "macaroon:generate,read,write",
          "message:read,write",
          "offchain:read,write",
          "onchain:read,write",
          "peers:read,write",
          "signer:generate,read");
  static final List<String> READONLY =
      expand(
          "address:read",
          "info:read",
          "invoices:read",
          "macaroon:read",
          "message:read",
          "offchain:read",
          "onchain:read",
          "peers:read",
          "signer:read");
  static final List<String> INVOICE =
      expand("address:read,write", "invoices:read,write", "onchain:read");

  private static final Map<String, String> NEEDED =
      Map.of(
          "/lnrpc.Lightning/GetInfo", "info:read",
          "/lnrpc.Lightning/AddInvoice", "invoices:write",
          "/lnrpc.Lightning/LookupInvoice", "invoices:read",
          "/lnrpc.Lightning/ListInvoices", "invoices:read",
          "/lnrpc.Lightning/SubscribeInvoices", "invoices:read",
          "/invoicesrpc.Invoices/SubscribeSingleInvoice", "invoices:read",
          "/invoicesrpc.Invoices/CancelInvoice", "invoices:write",
          "/invoicesrpc.Invoices/AddHoldInvoice", "invoices:write",
          "/invoicesrpc.Invoices/SettleInvoice", "invoices:write");

  private Permissions() {}

  private static List<String> expand(String... entities) {
    return Arrays.stream(entities).flatMap(e -> expandOne(e).stream()).toList();
  }

  private static List<String> expandOne(String entity) {
    int colon = entity.indexOf(':');
    String prefix = entity.substring(0, colon + 1);
    return Arrays.stream(entity.substring(colon + 1).split(",")).map(a -> prefix + a).toList();
  }

  static Optional<String> needed(String uri) {
    return Optional.ofNullable(NEEDED.get(uri));
  }

  /** Of {@code entity:action}, one op an entity. */
  static List<Op> ops(List<String> permissions) {
    Map<String, Op.Builder> ops = new LinkedHashMap<>();
    for (String permission : permissions) {
      String[] parts = permission.split(":", 2);
      ops.computeIfAbsent(parts[0], e -> Op.newBuilder().setEntity(e)).addActions(parts[1]);
    }
    return ops.values().stream().map(Op.Builder::build).toList();
  }

  static boolean allow(List<Op> ops, String entity, String action) {
    return ops.stream()
        .anyMatch(op -> op.getEntity().equals(entity) && op.getActionsList().contains(action));
  }
}
