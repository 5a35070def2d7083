// SPDX-License-Identifier: Apache-2.0
/** L402 with price servers: prices that are asked for over gRPC. */
module io.l402.grpc {
  requires transitive io.l402;
  requires com.google.common;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires io.grpc.protobuf;
  requires io.grpc.stub;

  exports io.l402.grpc;

  provides io.l402.gate.PricerProvider with
      io.l402.grpc.GrpcPricerProvider;
}
