// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.Executor;

/** Sends the macaroon with each call, and never over a connection that is not encrypted. */
final class MacaroonCredentials extends CallCredentials {
  private static final Metadata.Key<String> MACAROON =
      Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

  private final MacaroonSource source;

  MacaroonCredentials(MacaroonSource source) {
    this.source = source;
  }

  @Override
  public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
    executor.execute(() -> apply(info, applier));
  }

  private void apply(RequestInfo info, MetadataApplier applier) {
    if (info.getSecurityLevel() != SecurityLevel.PRIVACY_AND_INTEGRITY) {
      applier.fail(Status.UNAUTHENTICATED.withDescription("the connection is not encrypted"));
      return;
    }
    try {
      Metadata headers = new Metadata();
      headers.put(MACAROON, source.hex());
      applier.apply(headers);
    } catch (RuntimeException e) {
      applier.fail(Status.UNAUTHENTICATED.withDescription("no macaroon to send"));
    }
  }
}
