// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes calls go wrong as {@link Faults} says. */
final class FaultInjector implements ServerInterceptor {
  private final Faults faults;
  private final ScheduledExecutorService timer;

  FaultInjector(Faults faults, ScheduledExecutorService timer) {
    this.faults = faults;
    this.timer = timer;
  }

  @Override
  public <Q, P> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
    MethodFault fault = faults.take(Calls.method(call));
    if (fault == null) {
      return next.startCall(call, headers);
    }
    if (fault.status() != null) {
      return refuse(call, fault);
    }
    boolean unary = call.getMethodDescriptor().getType().serverSendsOneMessage();
    return next.startCall(unary ? held(call, fault) : call, headers);
  }

  private <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, MethodFault fault) {
    if (fault.latency().isZero()) {
      return Calls.refuse(call, fault.status());
    }
    Status status = fault.status();
    later(fault.latency(), () -> call.close(status, new Metadata()));
    return new ServerCall.Listener<>() {};
  }

  private <Q, P> HeldCall<Q, P> held(ServerCall<Q, P> call, MethodFault fault) {
    Runnable instead = fault.instead();
    return new HeldCall<>(
        call, answer -> later(fault.latency(), instead == null ? answer : instead));
  }

  private void later(Duration latency, Runnable work) {
    if (latency.isZero()) {
      work.run();
    } else {
      timer.schedule(work, latency.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
