// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoicesGrpc;
import io.l402.lnd.fake.proto.LightningGrpc;
import io.l402.lnd.fake.proto.PaymentHash;
import io.l402.lnd.fake.proto.StateGrpc;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A plain client of the fake, by the fake's own stubs, that sends the macaroons it is told to. */
final class Client implements AutoCloseable {
  private final ManagedChannel channel;
  private volatile List<String> macaroons;

  Client(FakeLnd lnd) {
    this(lnd, lnd.macaroonHex("info:read", "invoices:read", "invoices:write"));
  }

  Client(FakeLnd lnd, String... macaroons) {
    this.macaroons = List.of(macaroons);
    try {
      channel =
          Grpc.newChannelBuilder(
                  lnd.host(),
                  TlsChannelCredentials.newBuilder().trustManager(lnd.tlsCert().toFile()).build())
              .build();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void macaroons(String... values) {
    macaroons = List.of(values);
  }

  LightningGrpc.LightningBlockingStub lightning() {
    return LightningGrpc.newBlockingStub(intercepted()).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  LightningGrpc.LightningStub streams() {
    return LightningGrpc.newStub(intercepted());
  }

  InvoicesGrpc.InvoicesBlockingStub invoices() {
    return InvoicesGrpc.newBlockingStub(intercepted()).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  InvoicesGrpc.InvoicesStub invoiceStreams() {
    return InvoicesGrpc.newStub(intercepted());
  }

  /** Without a macaroon. */
  StateGrpc.StateBlockingStub state() {
    return StateGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  io.l402.PaymentHash add(String memo, long msat) {
    Invoice request = Invoice.newBuilder().setMemo(memo).setValueMsat(msat).build();
    return io.l402.PaymentHash.of(lightning().addInvoice(request).getRHash().toByteArray());
  }

  Invoice lookup(io.l402.PaymentHash hash) {
    ByteString bytes = ByteString.copyFrom(hash.toByteArray());
    return lightning().lookupInvoice(PaymentHash.newBuilder().setRHash(bytes).build());
  }

  private Channel intercepted() {
    return ClientInterceptors.intercept(channel, new Sender());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Sender implements ClientInterceptor {
    private static final Metadata.Key<String> MACAROON =
        Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, P> ClientCall<Q, P> interceptCall(
        MethodDescriptor<Q, P> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<P> listener, Metadata headers) {
          macaroons.forEach(m -> headers.put(MACAROON, m));
          super.start(listener, headers);
        }
      };
    }
  }
}
