// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Refuses calls while the wallet is not open, before anybody looks at a macaroon. */
final class WalletStateCheck implements ServerInterceptor {
  private final WalletLock lock;
  private final LndProfile profile;

  WalletStateCheck(WalletLock lock, LndProfile profile) {
    this.lock = lock;
    this.profile = profile;
  }

  @Override
  public <Q, P> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
    String refusal = refusal();
    if (refusal == null) {
      return next.startCall(call, headers);
    }
    Status status =
        profile.hasStateService()
            ? Status.UNKNOWN.withDescription(refusal)
            : Status.UNIMPLEMENTED.withDescription("unknown service " + Calls.service(call));
    return Calls.refuse(call, status);
  }

  private String refusal() {
    return switch (lock.state()) {
      case WAITING_TO_START -> "waiting to start, RPC services not available";
      case NON_EXISTING -> "wallet not created, create one to enable full RPC access";
      case LOCKED -> "wallet locked, unlock it to enable full RPC access";
      case UNLOCKED ->
          "the RPC server is in the process of starting up, but not yet ready to accept calls";
      default -> null;
    };
  }
}
