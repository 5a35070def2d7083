// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.l402.L402ConfigException;
import io.l402.L402Exception;
import io.l402.MilliSatoshi;
import io.l402.gate.AccessRequest;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.grpc.proto.GetPriceRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks a price server over gRPC, one that speaks {@code pricesrpc.Prices/GetPrice} as those written
 * for aperture do.
 *
 * <p>The server is told the canonical path, the request line and the header fields, at most 8 KiB
 * of them; never the query or the body, which a token is not bound to, and never a field that may
 * hold a credential. A price of 0 lets the request pass. An answer that is negative or above the
 * largest price, no answer within the deadline, or a server that is not reached is a failed stage:
 * such a request is refused and nothing is minted. Tokens are bound to the amount and to the
 * resource that were asked about; one that was sold stays valid when the price rises. The resource
 * is method and path: a price server must not go by {@code Host} or other header fields, or a token
 * bought at the lower price opens what costs the higher one. Where hosts differ in price, make each
 * a service of its own.
 *
 * <p>It has threads of its own, which end with {@link #close()}; calls under way then are given
 * their deadline to end. At most {@value #MAX_IN_FLIGHT} prices are asked for at once. Safe for use
 * by many threads.
 */
public final class GrpcPricer implements Pricer {
  /** How many prices are asked for at once, at most. */
  static final int MAX_IN_FLIGHT = 128;

  private final PriceServer server;
  private final PriceChannel channel;
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
  private final Set<CompletableFuture<MilliSatoshi>> pending = ConcurrentHashMap.newKeySet();

  private GrpcPricer(PriceServer server) {
    this.server = server;
    channel = new PriceChannel(server);
  }

  /**
   * Makes one. It connects when it is first asked: a server that is down is no error.
   *
   * @throws L402ConfigException if the address or the certificate does not do
   */
  public static GrpcPricer connect(PriceServer server) {
    return new GrpcPricer(server);
  }

  @Override
  public CompletionStage<MilliSatoshi> price(AccessRequest request) {
    // Header fields are read here: they are the container's, and gone when the request is.
    String text = RequestText.of(request);
    if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(failure("too many prices are asked for at once", null));
    }
    CompletableFuture<MilliSatoshi> price = new CompletableFuture<>();
    pending.add(price);
    price.whenComplete((found, failed) -> forget(price));
    channel.execute(() -> ask(request.path(), text, price), () -> refuse(price));
    return price;
  }

  private void forget(CompletableFuture<MilliSatoshi> price) {
    if (pending.remove(price)) {
      room.release();
    }
  }

  private void refuse(CompletableFuture<MilliSatoshi> price) {
    price.completeExceptionally(failure("closed", null));
  }

  private void ask(String path, String text, CompletableFuture<MilliSatoshi> price) {
    try {
      GetPriceRequest question =
          GetPriceRequest.newBuilder().setPath(path).setHttpRequestText(text).build();
      channel.getPrice(
          question, sats -> answered(sats, price), (what, why) -> failed(price, what, why));
    } catch (Throwable e) {
      // Also an Error: nobody else would answer, nor give the place back.
      failed(price, "it could not be asked", e);
    }
  }

  private void answered(long sats, CompletableFuture<MilliSatoshi> price) {
    if (sats < 0 || sats > MilliSatoshi.MAX_MSAT / 1000) {
      failed(price, "a price of " + sats + " sat", null);
    } else {
      price.complete(MilliSatoshi.ofSat(sats));
    }
  }

  private void failed(CompletableFuture<MilliSatoshi> price, String what, Throwable why) {
    price.completeExceptionally(failure(what, why));
  }

  private L402Exception failure(String what, Throwable why) {
    return new L402Exception("price server " + server.address() + ": " + what, why);
  }

  /** Lets the calls under way end, within their deadline, and ends the connection. */
  @Override
  public void close() {
    try {
      CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
          .handle((done, failed) -> done)
          .get(server.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // They fail with the connection.
    }
    channel.close();
  }

  @Override
  public String toString() {
    return "GrpcPricer[" + server.address() + "]";
  }
}
