// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A unary call whose whole answer is handed to somebody who may send it, later or never. */
final class HeldCall<Q, P> extends SimpleForwardingServerCall<Q, P> {
  private final List<Runnable> answer = new ArrayList<>();
  private final Consumer<Runnable> sender;

  HeldCall(ServerCall<Q, P> call, Consumer<Runnable> sender) {
    super(call);
    this.sender = sender;
  }

  @Override
  public void sendHeaders(Metadata headers) {
    answer.add(() -> delegate().sendHeaders(headers));
  }

  @Override
  public void sendMessage(P message) {
    answer.add(() -> delegate().sendMessage(message));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    answer.add(() -> delegate().close(status, trailers));
    sender.accept(() -> answer.forEach(Runnable::run));
  }
}
