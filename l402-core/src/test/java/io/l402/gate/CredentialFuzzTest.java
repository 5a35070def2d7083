// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.RequestHeaders;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.macaroon.RootKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whatever stands in the header fields, the gate makes a decision at once, and it is not to grant:
 * nobody can guess a root key.
 */
class CredentialFuzzTest {
  private static final ServicePolicy API = ServicePolicy.builder("api").build();
  private static final L402Gate GATE =
      L402Gate.builder(new SecretKeys(), List.of(API))
          .backend(GuardedBackend.builder(new DownBackend()).build())
          .build();

  @FuzzTest(maxDuration = "5s")
  void noHeaderIsGrantedAndNoneBreaksTheGate(FuzzedDataProvider data) {
    String first = data.consumeString(2_000);
    String second = data.consumeString(2_000);
    String hex = data.consumeRemainingAsString();
    RequestHeaders headers = name -> fields(name.toLowerCase(Locale.ROOT), first, second, hex);
    AccessRequest request =
        AccessRequest.of(API, "GET", "/", headers, InetAddress.getLoopbackAddress());
    CompletableFuture<Decision> decision = GATE.decide(request).toCompletableFuture();
    assertTrue(decision.isDone());
    assertFalse(decision.join() instanceof Decision.Allowed);
  }

  private static List<String> fields(String name, String first, String second, String hex) {
    return switch (name) {
      case "authorization" -> second.isEmpty() ? List.of(first) : List.of(first, second);
      case "macaroon" -> List.of(hex);
      default -> List.of();
    };
  }

  /** Keys that are not in any seed. */
  private static final class SecretKeys implements RootKeyStore {
    private final RootKey key = RootKey.random(new java.security.SecureRandom());

    @Override
    public RootKey create(L402Identifier identifier) {
      return key;
    }

    @Override
    public List<RootKey> candidates(L402Identifier identifier) {
      return List.of(key);
    }
  }

  /** A node that is down. */
  private static final class DownBackend implements LightningBackend {
    private static <T> CompletionStage<T> down() {
      return CompletableFuture.failedFuture(
          new LightningException(LightningException.Kind.RETRYABLE, "down"));
    }

    @Override
    public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
      return down();
    }

    @Override
    public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
      return down();
    }

    @Override
    public CompletionStage<BackendHealth> health() {
      return down();
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public void close() {
      // Nothing to end.
    }
  }
}
