// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.l402.Preimage;
import io.l402.lnd.fake.proto.AddHoldInvoiceRequest;
import io.l402.lnd.fake.proto.AddHoldInvoiceResp;
import io.l402.lnd.fake.proto.CancelInvoiceMsg;
import io.l402.lnd.fake.proto.CancelInvoiceResp;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;
import io.l402.lnd.fake.proto.InvoicesGrpc;
import io.l402.lnd.fake.proto.SettleInvoiceMsg;
import io.l402.lnd.fake.proto.SettleInvoiceResp;
import io.l402.lnd.fake.proto.SubscribeSingleInvoiceRequest;

/** The Invoices service: hold invoices, cancel, and the events of one invoice. */
final class InvoicesService extends InvoicesGrpc.InvoicesImplBase {
  private final Node node;

  InvoicesService(Node node) {
    this.node = node;
  }

  @Override
  public void addHoldInvoice(
      AddHoldInvoiceRequest request, StreamObserver<AddHoldInvoiceResp> caller) {
    Reply.to(caller, () -> addHold(request));
  }

  private AddHoldInvoiceResp addHold(AddHoldInvoiceRequest request) {
    Invoice draft = node.maker.hold(asInvoice(request), node.ledger.now());
    Invoice invoice = node.ledger.add(draft);
    return AddHoldInvoiceResp.newBuilder()
        .setPaymentRequest(invoice.getPaymentRequest())
        .setAddIndex(invoice.getAddIndex())
        .setPaymentAddr(invoice.getPaymentAddr())
        .build();
  }

  private static Invoice asInvoice(AddHoldInvoiceRequest request) {
    return Invoice.newBuilder()
        .setMemo(request.getMemo())
        .setRHash(request.getHash())
        .setValue(request.getValue())
        .setValueMsat(request.getValueMsat())
        .setDescriptionHash(request.getDescriptionHash())
        .setExpiry(request.getExpiry())
        .setCltvExpiry(request.getCltvExpiry())
        .setPrivate(request.getPrivate())
        .build();
  }

  @Override
  public void settleInvoice(SettleInvoiceMsg request, StreamObserver<SettleInvoiceResp> caller) {
    Reply.to(caller, () -> settle(InvoiceChecks.preimage(request.getPreimage())));
  }

  private SettleInvoiceResp settle(ByteString preimage) {
    ByteString hash = Hashes.bytes(Preimage.of(preimage.toByteArray()).paymentHash());
    synchronized (node.ledger) {
      Invoice invoice = node.ledger.get(hash);
      if (invoice.getState() == InvoiceState.OPEN) {
        throw LndError.of("invoice still open");
      }
      if (invoice.getState() != InvoiceState.SETTLED) {
        node.ledger.settle(hash, preimage, invoice.getAmtPaidMsat());
      }
    }
    return SettleInvoiceResp.getDefaultInstance();
  }

  @Override
  public void cancelInvoice(CancelInvoiceMsg request, StreamObserver<CancelInvoiceResp> caller) {
    Reply.to(
        caller,
        () -> {
          node.ledger.cancel(Hashes.checked(request.getPaymentHash()));
          return CancelInvoiceResp.getDefaultInstance();
        });
  }

  @Override
  public void subscribeSingleInvoice(
      SubscribeSingleInvoiceRequest request, StreamObserver<Invoice> caller) {
    try {
      node.subscriptions.watch(Hashes.checked(request.getRHash()), caller, node.ledger);
    } catch (LndError e) {
      caller.onError(e.status().asRuntimeException());
    }
  }
}
