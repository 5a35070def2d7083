// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.lightning.LightningException;
import io.l402.lnd.fake.proto.GetInfoRequest;
import io.l402.lnd.fake.proto.GetStateRequest;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;
import io.l402.lnd.fake.proto.WalletState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the fake answers to calls. */
class FakeLndTest {
  private final FakeLnd lnd = FakeLnd.create();
  private final Client client = new Client(lnd);

  @AfterEach
  void close() {
    client.close();
    lnd.close();
  }

  @Test
  void paysAnInvoiceAndTellsThePreimageAtAnyTime() {
    PaymentHash hash = client.add("L402 test", 1500);
    Invoice open = client.lookup(hash);
    assertEquals(InvoiceState.OPEN, open.getState());
    assertEquals(1, open.getAddIndex());

    Preimage preimage = lnd.pay(open.getPaymentRequest());
    assertEquals(hash, preimage.paymentHash());
    assertEquals(preimage, Preimage.of(open.getRPreimage().toByteArray()));
    Invoice settled = client.lookup(hash);
    assertEquals(InvoiceState.SETTLED, settled.getState());
    assertEquals(1, settled.getSettleIndex());
    assertEquals(1500, settled.getAmtPaidMsat());
    assertThrows(LightningException.class, () -> lnd.pay(open.getPaymentRequest()));
  }

  @Test
  void looksAtTheWalletBeforeTheMacaroon() {
    client.macaroons();
    lnd.state(WalletState.LOCKED);
    assertUnknown("wallet locked, unlock it to enable full RPC access", () -> client.add("m", 1));
    assertEquals(WalletState.LOCKED, state());
    lnd.state(WalletState.SERVER_ACTIVE);
    assertUnknown("expected 1 macaroon, got 0", () -> client.add("m", 1));
  }

  private WalletState state() {
    return client.state().getState(GetStateRequest.getDefaultInstance()).getState();
  }

  static void assertUnknown(String text, Executable call) {
    StatusRuntimeException e = assertThrows(StatusRuntimeException.class, call);
    assertEquals(Status.Code.UNKNOWN, e.getStatus().getCode());
    String description = e.getStatus().getDescription();
    assertTrue(description.contains(text), description);
  }

  @Test
  void letsAMacaroonDoWhatItSaysAndNoMore() {
    client.macaroons(lnd.macaroonHex("uri:/lnrpc.Lightning/AddInvoice"));
    PaymentHash hash = client.add("m", 1);
    assertUnknown("permission denied", () -> client.lookup(hash));
    client.macaroons(lnd.macaroonHex("invoices:read"));
    client.lookup(hash);
    assertUnknown("permission denied", () -> client.add("m", 1));
    assertUnknown(
        "permission denied", () -> client.lightning().getInfo(GetInfoRequest.getDefaultInstance()));
  }
}
