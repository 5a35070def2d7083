// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.lightning.Network;
import io.l402.lnd.proto.MacaroonId;
import io.l402.lnd.proto.Op;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MacaroonRightsTest {
  private static final String BAKE =
      "bakemacaroon --root_key_id 402 --save_to l402.macaroon uri:/lnrpc.Lightning/AddInvoice"
          + " uri:/lnrpc.Lightning/LookupInvoice uri:/lnrpc.Lightning/ListInvoices"
          + " uri:/lnrpc.Lightning/SubscribeInvoices";

  @Test
  void isContentWithTheMacaroonThatItAsksFor() {
    String[] uris = BAKE.substring(BAKE.indexOf("uri:")).replace("uri:", "").split(" ");
    assertEquals(Optional.empty(), advice(Network.MAINNET, op("uri", uris)));
  }

  /** lnd counts settling and holding payments to it, too. */
  @Test
  void warnsOfTheRightToDoAnythingWithInvoices() {
    String advice = advice(Network.MAINNET, op("invoices", "read", "write")).orElseThrow();
    assertTrue(advice.contains("more than is needed here: invoices:write"), advice);
    assertTrue(!advice.contains("does not allow"), advice);
  }

  @Test
  void namesWhatAMacaroonThatOnlyMintsLacks() {
    String advice = advice(Network.MAINNET, op("uri", "/lnrpc.Lightning/AddInvoice")).orElseThrow();
    assertTrue(advice.contains("does not allow uri:/lnrpc.Lightning/ListInvoices,"), advice);
    assertTrue(advice.contains("strictverify lets nobody in"), advice);
    assertTrue(!advice.contains("more than is needed"), advice);
  }

  @Test
  void warnsOfTheAdminMacaroonAndSaysHowToMakeTheRightOne() {
    String advice =
        advice(
                Network.MAINNET,
                op("invoices", "read", "write"),
                op("macaroon", "generate", "read", "write"),
                op("offchain", "read", "write"),
                op("onchain", "read", "write"))
            .orElseThrow();
    assertTrue(advice.contains("macaroon:generate"), advice);
    assertTrue(advice.contains("onchain:write"), advice);
    assertTrue(advice.endsWith("lncli " + BAKE), advice);
  }

  @Test
  void namesTheNetworkWhereLncliNeedsIt() {
    String advice =
        advice(Network.REGTEST, op("invoices", "write"), op("offchain", "write")).orElseThrow();
    assertTrue(advice.endsWith("lncli --network regtest " + BAKE), advice);
  }

  @Test
  void warnsOfAMacaroonThatCannotMakeInvoices() {
    String advice = advice(Network.MAINNET, op("invoices", "read")).orElseThrow();
    assertTrue(advice.contains("does not allow uri:/lnrpc.Lightning/AddInvoice:"), advice);
    assertTrue(advice.endsWith(BAKE), advice);
  }

  @Test
  void warnsOfAMacaroonThatIsNoneOfLnds() {
    Macaroon foreign = macaroon("just some identifier".getBytes());
    assertTrue(MacaroonRights.of(foreign).advice(Network.MAINNET).orElseThrow().contains("none"));
    Macaroon broken = macaroon(new byte[] {3, (byte) 0xff, 1});
    assertTrue(MacaroonRights.of(broken).advice(Network.MAINNET).isPresent());
  }

  @Test
  void isWhatTheReadmeSays() throws IOException {
    assertTrue(Files.readString(Path.of("../README.md")).contains("\nlncli " + BAKE + "\n"));
  }

  private static Op op(String entity, String... actions) {
    return Op.newBuilder().setEntity(entity).addAllActions(List.of(actions)).build();
  }

  private static Optional<String> advice(Network network, Op... ops) {
    MacaroonId id = MacaroonId.newBuilder().addAllOps(List.of(ops)).build();
    ByteArrayOutputStream identifier = new ByteArrayOutputStream();
    identifier.write(3);
    identifier.writeBytes(id.toByteArray());
    return MacaroonRights.of(macaroon(identifier.toByteArray())).advice(network);
  }

  private static Macaroon macaroon(byte[] identifier) {
    return Macaroon.mint(RootKey.of(new byte[32]), "lnd", identifier, List.of());
  }
}
