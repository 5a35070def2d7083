// SPDX-License-Identifier: Apache-2.0
/** L402 with lnd: the Lightning backend that speaks to a real node. */
module io.l402.lnd {
  requires transitive io.l402;
  requires com.google.common;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires io.grpc.protobuf;
  requires io.grpc.stub;
  requires java.logging;

  exports io.l402.lnd;

  provides io.l402.lightning.LightningBackendProvider with
      io.l402.lnd.LndBackendProvider;
}
