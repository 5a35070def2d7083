// SPDX-License-Identifier: Apache-2.0
/**
 * L402 without servlets and without gRPC: macaroons, caveats, challenges, tokens, root keys, BOLT
 * 11 and the gate that decides whether a request may pass.
 */
module io.l402 {
  requires org.bouncycastle.provider;

  exports io.l402;
  exports io.l402.bolt11;
  exports io.l402.caveat;
  exports io.l402.gate;
  exports io.l402.internal to
      io.l402.grpc,
      io.l402.lnd,
      io.l402.servlet;
  exports io.l402.keys;
  exports io.l402.lightning;
  exports io.l402.macaroon;

  uses io.l402.gate.PricerProvider;
  uses io.l402.lightning.LightningBackendProvider;
}
