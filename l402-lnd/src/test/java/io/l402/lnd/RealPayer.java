// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.CallOptions;
import io.grpc.stub.StreamObserver;
import io.l402.Preimage;
import io.l402.internal.FailureLog;
import io.l402.lnd.fake.proto.Payment;
import io.l402.lnd.fake.proto.RouterGrpc;
import io.l402.lnd.fake.proto.SendPaymentRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real lnd that pays invoices, as the wallet of a client would. */
final class RealPayer implements AutoCloseable {
  private static final int PAYMENT_SECONDS = 30;

  private final LndChannel channel;
  private final CallOptions options;

  RealPayer(RealNode node) {
    LndSettings settings = node.settings().build();
    FailureLog log = new FailureLog(System.getLogger(RealPayer.class.getName()));
    channel =
        new LndChannel(
            settings,
            settings.certificate().map(pinned -> new PinnedTrust(pinned, Clock.systemUTC(), log)));
    options =
        CallOptions.DEFAULT.withCallCredentials(
            new MacaroonCredentials(new MacaroonSource(settings.macaroon())));
  }

  /** Pays, and learns the preimage. */
  Preimage pay(String paymentRequest) throws Exception {
    SendPaymentRequest payment =
        SendPaymentRequest.newBuilder()
            .setPaymentRequest(paymentRequest)
            .setTimeoutSeconds(PAYMENT_SECONDS)
            .setFeeLimitMsat(10_000)
            .setNoInflightUpdates(true)
            .build();
    Outcome outcome = new Outcome();
    CallOptions timed = options.withDeadlineAfter(2 * PAYMENT_SECONDS, TimeUnit.SECONDS);
    channel.execute(
        () -> channel.streaming(RouterGrpc.getSendPaymentV2Method(), timed, payment, outcome));
    return Preimage.ofHex(outcome.preimage.get(2 * PAYMENT_SECONDS, TimeUnit.SECONDS));
  }

  /** The last update says how it ended. */
  private static final class Outcome implements StreamObserver<Payment> {
    private final CompletableFuture<String> preimage = new CompletableFuture<>();
    private Optional<Payment> last = Optional.empty();

    @Override
    public void onNext(Payment payment) {
      last = Optional.of(payment);
    }

    @Override
    public void onError(Throwable thrown) {
      preimage.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
      Payment payment = last.orElseThrow();
      if (payment.getStatus() == Payment.PaymentStatus.SUCCEEDED) {
        preimage.complete(payment.getPaymentPreimage());
      } else {
        preimage.completeExceptionally(
            new IllegalStateException("not paid: " + payment.getFailureReason()));
      }
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
