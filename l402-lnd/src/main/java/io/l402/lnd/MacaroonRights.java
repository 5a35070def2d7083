// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.l402.lightning.Network;
import io.l402.lnd.proto.MacaroonId;
import io.l402.lnd.proto.Op;
import io.l402.macaroon.Macaroon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one of lnd's macaroons lets its holder do, as its identifier says: lnd writes there what it
 * was baked for.
 */
final class MacaroonRights {
  private static final byte VERSION = 3;
  private static final String ADD_INVOICE = "uri:/lnrpc.Lightning/AddInvoice";
  private static final String CANCEL_INVOICE = "uri:/invoicesrpc.Invoices/CancelInvoice";
  private static final List<String> NEEDED =
      List.of(
          ADD_INVOICE,
          "uri:/lnrpc.Lightning/LookupInvoice",
          "uri:/lnrpc.Lightning/ListInvoices",
          "uri:/lnrpc.Lightning/SubscribeInvoices");

  /** Not needed, and no harm: looking, and canceling what nobody has paid. */
  private static final Set<String> HARMLESS =
      Set.of(
          "invoices:read",
          "info:read",
          "uri:/lnrpc.Lightning/GetInfo",
          "uri:/lnrpc.State/GetState",
          CANCEL_INVOICE);

  private final Set<String> rights;

  private MacaroonRights(Set<String> rights) {
    this.rights = rights;
  }

  /** The rights of a macaroon; none if it is not one of lnd's, or of a kind not known here. */
  static MacaroonRights of(Macaroon macaroon) {
    Set<String> rights = new TreeSet<>();
    byte[] id = macaroon.identifier();
    if (id.length > 0 && id[0] == VERSION) {
      try {
        MacaroonId parsed = MacaroonId.parseFrom(Arrays.copyOfRange(id, 1, id.length));
        parsed.getOpsList().forEach(op -> add(rights, op));
      } catch (InvalidProtocolBufferException e) {
        rights.clear();
      }
    }
    return new MacaroonRights(rights);
  }

  private static void add(Set<String> rights, Op op) {
    op.getActionsList().forEach(action -> rights.add(op.getEntity() + ":" + action));
  }

  /** Whether it lets its holder cancel invoices, or may, if its rights are not known. */
  boolean mayCancel() {
    return rights.isEmpty() || rights.contains("invoices:write") || rights.contains(CANCEL_INVOICE);
  }

  /** What to tell the operator of a macaroon that can too much, or too little. */
  Optional<String> advice(Network network) {
    if (rights.isEmpty()) {
      return Optional.of("the macaroon is none that lnd makes, or its rights cannot be read");
    }
    List<String> advice = new ArrayList<>();
    Set<String> lack = new TreeSet<>(NEEDED);
    lack.removeIf(this::allows);
    if (!lack.isEmpty()) {
      advice.add(
          "the macaroon does not allow "
              + String.join(", ", lack)
              + ": without AddInvoice nothing can be sold, without LookupInvoice strictverify lets"
              + " nobody in, without the others no payment is heard of");
    }
    Set<String> excess = new TreeSet<>(rights);
    excess.removeAll(NEEDED);
    excess.removeAll(HARMLESS);
    if (!excess.isEmpty()) {
      advice.add(
          "the macaroon allows more than is needed here: "
              + String.join(", ", excess)
              + "; whoever gets hold of it can do all that");
    }
    return advice.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(". And ", advice) + ". " + remedy(network));
  }

  /** Whether it may make one of the calls needed, by its name or by what lnd counts it to. */
  private boolean allows(String uri) {
    return rights.contains(uri)
        || rights.contains(uri.equals(ADD_INVOICE) ? "invoices:write" : "invoices:read");
  }

  /** The exact command that makes the right one. */
  static String remedy(Network network) {
    return "This makes the right one: lncli"
        + (network == Network.MAINNET ? "" : " --network " + network)
        + " bakemacaroon --root_key_id 402 --save_to l402.macaroon "
        + String.join(" ", NEEDED);
  }
}
