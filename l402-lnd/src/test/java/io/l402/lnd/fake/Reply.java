// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers a unary call, with what the work returns or with the error it throws. */
final class Reply {
  private Reply() {}

  static <T> void to(StreamObserver<T> caller, Supplier<T> work) {
    T answer;
    try {
      answer = work.get();
    } catch (LndError e) {
      caller.onError(e.status().asRuntimeException());
      return;
    } catch (RuntimeException e) {
      caller.onError(Status.INTERNAL.withDescription("fake lnd: " + e).asRuntimeException());
      return;
    }
    caller.onNext(answer);
    caller.onCompleted();
  }
}
