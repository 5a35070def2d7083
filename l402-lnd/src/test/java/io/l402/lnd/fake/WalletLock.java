// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.l402.lnd.fake.proto.GetStateRequest;
import io.l402.lnd.fake.proto.GetStateResponse;
import io.l402.lnd.fake.proto.StateGrpc;
import io.l402.lnd.fake.proto.SubscribeStateRequest;
import io.l402.lnd.fake.proto.SubscribeStateResponse;
import io.l402.lnd.fake.proto.WalletState;
import java.util.ArrayList;
import java.util.List;

/** How far lnd has started, and the State service that tells. */
final class WalletLock extends StateGrpc.StateImplBase {
  private final List<StreamObserver<SubscribeStateResponse>> watchers = new ArrayList<>();
  private WalletState state = WalletState.SERVER_ACTIVE;

  synchronized WalletState state() {
    return state;
  }

  synchronized void state(WalletState value) {
    state = value;
    watchers.forEach(w -> w.onNext(update()));
  }

  private SubscribeStateResponse update() {
    return SubscribeStateResponse.newBuilder().setState(state).build();
  }

  @Override
  public void getState(GetStateRequest request, StreamObserver<GetStateResponse> caller) {
    Reply.to(caller, () -> GetStateResponse.newBuilder().setState(state()).build());
  }

  @Override
  public synchronized void subscribeState(
      SubscribeStateRequest request, StreamObserver<SubscribeStateResponse> caller) {
    ServerCallStreamObserver<SubscribeStateResponse> stream =
        (ServerCallStreamObserver<SubscribeStateResponse>) caller;
    stream.setOnCancelHandler(() -> forget(stream));
    watchers.add(stream);
    stream.onNext(update());
  }

  private synchronized void forget(StreamObserver<SubscribeStateResponse> stream) {
    watchers.remove(stream);
  }

  synchronized void complete() {
    watchers.forEach(StreamObserver::onCompleted);
    watchers.clear();
  }
}
