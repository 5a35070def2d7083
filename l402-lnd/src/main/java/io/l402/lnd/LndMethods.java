// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.l402.lnd.proto.Invoice;
import io.l402.lnd.proto.InvoiceSubscription;
import io.l402.lnd.proto.LightningGrpc;
import io.l402.lnd.proto.ListInvoiceRequest;
import io.l402.lnd.proto.ListInvoiceResponse;
import io.l402.lnd.proto.PaymentHash;
import java.io.IOException;
import java.io.InputStream;

/**
 * The calls whose answers have invoices in them. lnd puts the preimage into each invoice, also
 * while it is open. Our message has no field for it, and these readers drop every field they do not
 * know: no object that this module ever holds has a preimage in it, so none can print it.
 */
final class LndMethods {
  static final MethodDescriptor<PaymentHash, Invoice> LOOK_UP =
      without(LightningGrpc.getLookupInvoiceMethod(), Invoice.parser());

  static final MethodDescriptor<ListInvoiceRequest, ListInvoiceResponse> LIST =
      without(LightningGrpc.getListInvoicesMethod(), ListInvoiceResponse.parser());

  static final MethodDescriptor<InvoiceSubscription, Invoice> SUBSCRIBE =
      without(LightningGrpc.getSubscribeInvoicesMethod(), Invoice.parser());

  private LndMethods() {}

  private static <Q, R extends Message> MethodDescriptor<Q, R> without(
      MethodDescriptor<Q, R> method, Parser<R> parser) {
    return method.toBuilder(method.getRequestMarshaller(), new KnownFieldsOnly<>(parser)).build();
  }

  private record KnownFieldsOnly<R extends Message>(Parser<R> known)
      implements MethodDescriptor.Marshaller<R> {
    KnownFieldsOnly {
      known = DiscardUnknownFieldsParser.wrap(known);
    }

    @Override
    public InputStream stream(R value) {
      return value.toByteString().newInput();
    }

    @Override
    public R parse(InputStream stream) {
      try {
        return known.parseFrom(stream);
      } catch (IOException e) {
        throw Status.INTERNAL.withDescription("not a message").withCause(e).asRuntimeException();
      }
    }
  }
}
