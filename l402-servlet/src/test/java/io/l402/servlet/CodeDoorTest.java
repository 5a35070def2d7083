// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.macaroon.RootKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What only code can give: backends and stores. */
class CodeDoorTest {
  private final LightningBackend node = new Node(Set.of());

  @Test
  void aBackendOfRealMoneyNeedsKeys() {
    L402ConfigBuilder builder = L402Config.builder().backend(node).service("a", a -> {});
    assertTrue(refusal(builder).contains("masterkeyfile: missing"));
    L402Config config = builder.masterKeyFile(Path.of("/keys")).build();
    assertSame(node, config.backend().instance().orElseThrow());
    assertEquals(Optional.empty(), config.backendName());
    assertFalse(config.isSimulated());
  }

  @Test
  void aStoreInCodeStandsForTheFileOfKeys() {
    RootKeyStore store = new Store();
    L402ConfigBuilder builder =
        L402Config.builder().backend(node).rootKeyStore(store).service("a", a -> {});
    assertSame(store, builder.build().keys().rootKeyStore().orElseThrow());
    String message = refusal(builder.masterKeyFile(Path.of("/keys")));
    assertTrue(message.contains("code: masterkeyfile: a root key store is given"), message);
  }

  @Test
  void aSimulatedBackendDrawsItsOwnKey() {
    L402ConfigBuilder builder = L402Config.builder().simulatedBackend(node).service("a", a -> {});
    assertTrue(builder.build().isSimulated());
    String message = refusal(builder.masterKeyFile(Path.of("/keys")));
    assertTrue(message.contains("code: masterkeyfile: a simulated node draws its own"), message);
  }

  @Test
  void oneBackendIsEnough() {
    String message =
        refusal(L402Config.builder().simulatedBackend(node).backend("lnd").service("a", a -> {}));
    assertTrue(message.contains("code: backend: a backend is given in code as well"), message);
  }

  @Test
  void strictModeNeedsABackendThatLooksUpInvoices() {
    L402ConfigBuilder builder =
        L402Config.builder()
            .simulatedBackend(node)
            .set("strictverify", "true")
            .service("a", a -> {});
    assertTrue(refusal(builder).contains("code: strictverify: the backend cannot look up"));
    assertTrue(
        builder.simulatedBackend(new Node(Set.of(Capability.LOOKUP))).build().strictVerify());
  }

  @Test
  void aKeyInASectionIsNamedWithADot() {
    L402Config config =
        L402Config.builder()
            .simulatedBackend(node)
            .set("challengelimits.client", "7/1m")
            .set("challengelimits.total", "off")
            .set("cors.origins", List.of("https://a.example", "https://b.example"))
            .service(
                "a",
                a ->
                    a.set("constraints.plan", "gold")
                        .set("constraints.area.code", "7")
                        .set("ratelimits.requests", "5")
                        .set("ratelimits.per", "1m"))
            .build();
    ChallengeLimits limits = config.challenges().limits();
    assertEquals(Rate.of(7, Duration.ofMinutes(1)), limits.client().orElseThrow());
    assertEquals(ChallengeLimits.DEFAULT.network(), limits.network());
    assertEquals(Optional.empty(), limits.total());
    assertEquals(2, config.edge().cors().orElseThrow().origins().size());
    ServiceRule rule = config.services().get(0);
    assertEquals(
        List.of("plan=gold", "area.code=7"),
        rule.policy().constraints().entrySet().stream().map(Object::toString).toList());
    assertEquals(Rate.of(5, Duration.ofMinutes(1)), rule.rateLimits().get(0).rate());
  }

  @Test
  void aSectionIsNotOffAndOnAtOnce() {
    String message =
        refusal(
            L402Config.builder()
                .simulatedBackend(node)
                .set("challengelimits", "off")
                .set("challengelimits.client", "7/1m")
                .service("a", a -> a.set("upstreamtimeout.conect", "3s")));
    assertTrue(message.contains("code: challengelimits: contradicts code"), message);
    assertTrue(message.contains("upstreamtimeout.conect: there is no such key"), message);
  }

  private static String refusal(L402ConfigBuilder builder) {
    return assertThrows(L402ConfigException.class, builder::build).getMessage();
  }

  private static final class Store implements RootKeyStore {
    @Override
    public RootKey create(L402Identifier identifier) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<RootKey> candidates(L402Identifier identifier) {
      return List.of();
    }
  }

  private record Node(Set<Capability> capabilities) implements LightningBackend {
    @Override
    public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
      throw new AssertionError("not asked for");
    }

    @Override
    public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
      throw new AssertionError("not asked for");
    }

    @Override
    public CompletionStage<BackendHealth> health() {
      return CompletableFuture.failedFuture(new AssertionError("not asked for"));
    }

    @Override
    public void close() {}
  }
}
