// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.l402.lnd.fake.proto.AddInvoiceResponse;
import io.l402.lnd.fake.proto.Chain;
import io.l402.lnd.fake.proto.GetInfoRequest;
import io.l402.lnd.fake.proto.GetInfoResponse;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoiceSubscription;
import io.l402.lnd.fake.proto.LightningGrpc;
import io.l402.lnd.fake.proto.ListInvoiceRequest;
import io.l402.lnd.fake.proto.ListInvoiceResponse;
import io.l402.lnd.fake.proto.PaymentHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The Lightning service. */
final class LightningService extends LightningGrpc.LightningImplBase {
  private static final int DEFAULT_PAGE = 100;

  private final Node node;

  LightningService(Node node) {
    this.node = node;
  }

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> caller) {
    Reply.to(caller, this::info);
  }

  private GetInfoResponse info() {
    return GetInfoResponse.newBuilder()
        .setIdentityPubkey(node.maker.key().nodeId().toString())
        .setAlias("fake")
        .setBlockHeight(1)
        .setBlockHash("00".repeat(32))
        .setBestHeaderTimestamp(node.ledger.now().getEpochSecond())
        .setColor("#3399ff")
        .setSyncedToChain(true)
        .setSyncedToGraph(true)
        .setVersion(node.profile.version())
        .addChains(
            Chain.newBuilder().setChain("bitcoin").setNetwork(node.maker.network().toString()))
        .build();
  }

  @Override
  public void addInvoice(Invoice request, StreamObserver<AddInvoiceResponse> caller) {
    Reply.to(caller, () -> add(request));
  }

  private AddInvoiceResponse add(Invoice request) {
    Invoice invoice = node.ledger.add(node.maker.make(request, node.ledger.now()));
    AddInvoiceResponse honest =
        AddInvoiceResponse.newBuilder()
            .setRHash(invoice.getRHash())
            .setPaymentRequest(invoice.getPaymentRequest())
            .setAddIndex(invoice.getAddIndex())
            .setPaymentAddr(invoice.getPaymentAddr())
            .build();
    return node.faults.garbage().spoil(honest, invoice, node.maker);
  }

  @Override
  public void lookupInvoice(PaymentHash request, StreamObserver<Invoice> caller) {
    Reply.to(caller, () -> lookup(request));
  }

  private Invoice lookup(PaymentHash request) {
    ByteString hash = Hashes.checked(hash(request));
    return node.ledger.find(hash).orElseThrow(this::notFound);
  }

  private static ByteString hash(PaymentHash request) {
    String hex = request.getRHashStr();
    return hex.isEmpty() ? request.getRHash() : ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  private LndError notFound() {
    if (node.profile.tellsAnEmptyDatabase() && node.ledger.isEmpty()) {
      return LndError.of("there are no existing invoices");
    }
    Status status = node.profile.answersNotFound() ? Status.NOT_FOUND : Status.UNKNOWN;
    return new LndError(status.withDescription("unable to locate invoice"));
  }

  @Override
  public void listInvoices(ListInvoiceRequest request, StreamObserver<ListInvoiceResponse> caller) {
    Reply.to(caller, () -> list(request));
  }

  private ListInvoiceResponse list(ListInvoiceRequest request) {
    long limit = request.getNumMaxInvoices() == 0 ? DEFAULT_PAGE : request.getNumMaxInvoices();
    List<Invoice> page = new ArrayList<>();
    node.ledger.page(request.getIndexOffset(), request.getReversed()).stream()
        .filter(i -> wanted(request, i))
        .limit(limit)
        .forEach(page::add);
    if (request.getReversed()) {
      Collections.reverse(page);
    }
    ListInvoiceResponse.Builder response = ListInvoiceResponse.newBuilder().addAllInvoices(page);
    if (!page.isEmpty()) {
      response.setFirstIndexOffset(page.get(0).getAddIndex());
      response.setLastIndexOffset(page.get(page.size() - 1).getAddIndex());
    }
    return response.build();
  }

  private static boolean wanted(ListInvoiceRequest request, Invoice invoice) {
    boolean pending =
        invoice.getState() == Invoice.InvoiceState.OPEN
            || invoice.getState() == Invoice.InvoiceState.ACCEPTED;
    long end = request.getCreationDateEnd();
    return (pending || !request.getPendingOnly())
        && invoice.getCreationDate() >= request.getCreationDateStart()
        && (end == 0 || invoice.getCreationDate() <= end);
  }

  @Override
  public void subscribeInvoices(InvoiceSubscription request, StreamObserver<Invoice> caller) {
    node.subscriptions.subscribe(request, caller, node.ledger);
  }
}
