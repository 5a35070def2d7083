// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.lightning.LightningException;
import io.l402.lnd.fake.proto.GetInfoRequest;
import io.l402.lnd.fake.proto.GetStateRequest;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;
import io.l402.lnd.fake.proto.ListInvoiceRequest;
import io.l402.lnd.fake.proto.WalletState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  @Test
  void refusesMacaroonsThatAreNoneOrNoMore() throws IOException {
    String good = lnd.macaroonHex("invoices:write");
    client.macaroons(good, good);
    assertUnknown("expected 1 macaroon, got 2", () -> client.add("m", 1));
    assertEquals(Set.of(2), lnd.macaroonsPerCall("AddInvoice"));
    client.macaroons(good.toUpperCase(Locale.ROOT));
    client.add("m", 1);

    Path file = lnd.macDir().resolve("custom.macaroon");
    List<String> write = List.of("invoices:write");
    client.macaroons(hex(lnd.macaroons().bakeExpiring(file, Duration.ofSeconds(-1), write)));
    assertUnknown("macaroon has expired", () -> client.add("m", 1));
    client.macaroons(hex(lnd.macaroons().bakeExpiring(file, Duration.ofHours(1), write)));
    client.add("m", 1);
    client.macaroons(hex(lnd.macaroons().bake(file, 402, write)));
    client.add("m", 1);
    lnd.macaroons().deleteRootKey(402);
    assertUnknown("root key with id 402 doesn't exist", () -> client.add("m", 1));
  }

  @Test
  void newRootKeyMakesOldMacaroonFilesUseless() throws IOException {
    client.macaroons(hex(lnd.invoiceMacaroon()));
    client.add("m", 1);
    lnd.macaroons().rotateRootKeys();
    assertUnknown("verification failed: signature mismatch", () -> client.add("m", 1));
    lnd.macaroons().write();
    client.macaroons(hex(lnd.adminMacaroon()));
    client.add("m", 1);
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  void refusesInvoicesAsLndDoes() {
    assertUnknown("amount cannot be negative", () -> add(i -> i.setValueMsat(-1)));
    assertUnknown("mutually exclusive", () -> add(i -> i.setValue(1).setValueMsat(1)));
    assertUnknown(
        "memo too large: 1025 bytes (maxsize=1024)", () -> add(i -> i.setMemo("m".repeat(1025))));
    assertUnknown(
        "data length too big to fit within 10 bits: 1024",
        () -> add(i -> i.setMemo("m".repeat(640))));
    assertUnknown(
        "expiry of 3.1536001e+07 seconds greater than max expiry of 3.1536e+07 seconds",
        () -> add(i -> i.setExpiry(31_536_001)));
    assertEquals(0, lnd.invoices().size());

    add(i -> i.setMemo("m".repeat(639)));
    ByteString preimage =
        ByteString.copyFrom(new byte[] {1}).concat(ByteString.copyFrom(new byte[31]));
    add(i -> i.setRPreimage(preimage));
    assertUnknown(
        "invoice with payment hash already exists", () -> add(i -> i.setRPreimage(preimage)));
    assertEquals(List.of(1L, 2L), lnd.invoices().stream().map(Invoice::getAddIndex).toList());
  }

  private void add(UnaryOperator<Invoice.Builder> change) {
    client.lightning().addInvoice(change.apply(Invoice.newBuilder()).build());
  }

  @Test
  void cancelsWhatIsNotPaidInTime() {
    SettableClock clock = new SettableClock();
    try (FakeLnd timed = FakeLnd.builder().clock(clock).start();
        Client user = new Client(timed)) {
      PaymentHash hash = user.add("m", 1);
      PaymentHash held = user.add("m", 1);
      timed.accept(held);
      clock.advance(Duration.ofDays(1).minusSeconds(1));
      assertEquals(InvoiceState.OPEN, user.lookup(hash).getState());
      clock.advance(Duration.ofSeconds(1));
      assertEquals(InvoiceState.CANCELED, user.lookup(hash).getState());
      assertEquals(InvoiceState.ACCEPTED, user.lookup(held).getState());
      assertThrows(LightningException.class, () -> timed.settle(hash));
    }
  }

  @Test
  void forgetsCanceledInvoicesWhenToldTo() {
    try (FakeLnd tidy = FakeLnd.builder().dropCanceled(true).start();
        Client user = new Client(tidy)) {
      PaymentHash hash = user.add("m", 1);
      tidy.cancel(hash);
      assertEquals(Status.Code.NOT_FOUND, lookupError(user, hash).getCode());
    }
  }

  @Test
  void pagesThroughInvoices() {
    for (int i = 0; i < 5; i++) {
      lnd.addForeign("m", 1);
    }
    assertEquals(List.of(1L, 2L), page(0, 2, false));
    assertEquals(List.of(3L, 4L), page(2, 2, false));
    assertEquals(List.of(4L, 5L), page(0, 2, true));
    assertEquals(List.of(1L, 2L), page(3, 2, true));
    assertEquals(List.of(), page(5, 2, false));
  }

  private List<Long> page(long offset, long limit, boolean reversed) {
    ListInvoiceRequest request =
        ListInvoiceRequest.newBuilder()
            .setIndexOffset(offset)
            .setNumMaxInvoices(limit)
            .setReversed(reversed)
            .build();
    return client.lightning().listInvoices(request).getInvoicesList().stream()
        .map(Invoice::getAddIndex)
        .toList();
  }

  @Test
  void answersAsOlderReleasesDo() {
    PaymentHash unknown = PaymentHash.of(new byte[32]);
    assertEquals(Status.Code.NOT_FOUND, lookupError(client, unknown).getCode());
    try (FakeLnd old = FakeLnd.builder().profile(LndProfile.V0_13).start();
        Client user = new Client(old)) {
      assertEquals("there are no existing invoices", lookupError(user, unknown).getDescription());
      user.add("m", 1);
      assertUnknown("unable to locate invoice", () -> user.lookup(unknown));
    }
    try (FakeLnd older = FakeLnd.builder().profile(LndProfile.V0_12).start();
        Client user = new Client(older)) {
      older.state(WalletState.LOCKED);
      Status status = lookupError(user, unknown);
      assertEquals(Status.Code.UNIMPLEMENTED, status.getCode());
      assertEquals("unknown service lnrpc.Lightning", status.getDescription());
    }
  }

  private static Status lookupError(Client user, PaymentHash hash) {
    return assertThrows(StatusRuntimeException.class, () -> user.lookup(hash)).getStatus();
  }
}
