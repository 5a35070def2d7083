// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** Small things about calls. */
final class Calls {
  private Calls() {}

  /** Ends a call before it has begun. */
  static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  static String service(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getServiceName();
  }

  /** Such as {@code AddInvoice}. */
  static String method(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getBareMethodName();
  }

  /** Such as {@code /lnrpc.Lightning/AddInvoice}. */
  static String uri(ServerCall<?, ?> call) {
    return "/" + call.getMethodDescriptor().getFullMethodName();
  }
}
