// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.gate.Decision;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.LndProfile;
import io.l402.lnd.fake.proto.WalletState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lnd is there and does not do what it is asked: not ready, or not for this macaroon. */
class LndRefusalTest {
  @TempDir Path folder;

  private final FakeLnd lnd = FakeLnd.create();
  private Till till = Till.open(lnd);

  @AfterEach
  void close() {
    till.close();
    lnd.close();
  }

  @ParameterizedTest
  @CsvSource({
    "LOCKED, lncli unlock",
    "NON_EXISTING, lncli create",
    "WAITING_TO_START, leader",
    "UNLOCKED, starting"
  })
  void lockedOrStarting(WalletState state, String advice) {
    String sold = till.buy(lnd);
    lnd.state(state);
    till.assertNoChallenge();
    assertEquals(Kind.NOT_READY, till.failures.get(0).kind());
    till.assertHealth(BackendHealth.Status.NOT_READY, advice);
    till.assertGranted(sold);
    lnd.state(WalletState.SERVER_ACTIVE);
    till.challenge();
    assertEquals(BackendHealth.Status.READY, till.health().status());
  }

  /** lnd looks at its state first: what is wrong with the macaroon is not known until then. */
  @Test
  void lockedWithAWrongMacaroon() {
    lnd.macaroons().rotateRootKeys();
    lnd.state(WalletState.LOCKED);
    till.assertHealth(BackendHealth.Status.NOT_READY, "locked");
    lnd.state(WalletState.SERVER_ACTIVE);
    assertEquals(BackendHealth.Status.AUTH, till.health().status());
  }

  @Test
  void wrongMacaroonHealsWhenTheFileIsReplaced() {
    String sold = till.buy(lnd);
    lnd.macaroons().rotateRootKeys();
    till.assertNoChallenge();
    assertEquals(Kind.AUTH, till.failures.get(0).kind());
    till.assertHealth(BackendHealth.Status.AUTH, "another node's or revoked");
    till.assertGranted(sold);
    lnd.macaroons().write();
    till.assertHealth(BackendHealth.Status.READY, "makes invoices");
    till.challenge();
  }

  /** The same length and the same time as the file before: only its content tells. */
  @Test
  void wrongMacaroonHealsWhateverTheDiskSaysOfTheFile() throws Exception {
    Path file = lnd.invoiceMacaroon();
    lnd.macaroons().rotateRootKeys();
    till.assertNoChallenge();
    var time = Files.getLastModifiedTime(file);
    lnd.macaroons().write();
    Files.setLastModifiedTime(file, time);
    till.challenge();
  }

  @Test
  void revokedMacaroon() {
    Path file = lnd.macaroons().bake(folder.resolve("m"), 402, List.of("invoices:write"));
    reopenWith(file);
    till.challenge();
    lnd.macaroons().deleteRootKey(402);
    till.assertNoChallenge();
    assertEquals(Kind.AUTH, till.failures.get(0).kind());
    till.assertHealth(BackendHealth.Status.AUTH, "another node's or revoked");
  }

  @Test
  void missingPermission() throws Exception {
    reopenWith(lnd.bake(folder.resolve("m"), "invoices:read"));
    till.assertNoChallenge();
    assertEquals(Kind.AUTH, till.failures.get(0).kind());
    till.assertHealth(BackendHealth.Status.AUTH, "does not allow this call");
    Path right = lnd.bake(folder.resolve("right"), "uri:/lnrpc.Lightning/AddInvoice");
    Files.move(right, folder.resolve("m"), StandardCopyOption.REPLACE_EXISTING);
    till.challenge();
    assertEquals(BackendHealth.Status.READY, till.health().status());
  }

  @Test
  void expiredMacaroon() {
    Path file =
        lnd.macaroons()
            .bakeExpiring(folder.resolve("m"), Duration.ofMinutes(-1), List.of("invoices:write"));
    reopenWith(file);
    till.assertNoChallenge();
    till.assertHealth(BackendHealth.Status.AUTH, "expired");
  }

  /** It mints, and nobody gets in: health must not say that all is well. */
  @Test
  void strictModeWithAMacaroonThatOnlyMints() {
    Path file = lnd.bake(folder.resolve("m"), "uri:/lnrpc.Lightning/AddInvoice");
    till.close();
    till = Till.openStrict(Till.settings(lnd).macaroon(file).build());
    String token = till.buy(lnd);
    assertInstanceOf(Decision.Unavailable.class, till.present(token));
    till.assertHealth(BackendHealth.Status.AUTH, "LookupInvoice");
    lnd.bake(file, "uri:/lnrpc.Lightning/AddInvoice", "uri:/lnrpc.Lightning/LookupInvoice");
    till.assertHealth(BackendHealth.Status.READY, "makes invoices");
    till.assertGranted(token);
  }

  /** What is being written just now is no reason to forget the macaroon that works. */
  @Test
  void keepsTheMacaroonWhileTheFileIsHalfWritten() throws Exception {
    Path file = lnd.invoiceMacaroon();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[] {2, 1});
    till.challenge();
    Files.delete(file);
    till.challenge();
    Files.write(file, whole);
    till.challenge();
  }

  @Test
  void sendsExactlyOneMacaroonAndNoneToWhomItDoesNotConcern() {
    till.challenge();
    till.health();
    assertEquals(Set.of(1), lnd.macaroonsPerCall("AddInvoice"));
    assertEquals(Set.of(0), lnd.macaroonsPerCall("GetState"));
  }

  /** lnd writes an error into its log for each such call. */
  @Test
  void asksOnlyOnceWhetherTheMacaroonDoes() {
    for (int i = 0; i < 5; i++) {
      assertEquals(BackendHealth.Status.READY, till.health().status());
    }
    assertEquals(1, lnd.calls("AddInvoice"));
    assertEquals(List.of(), lnd.invoices());
  }

  @ParameterizedTest
  @CsvSource({"V0_12", "V0_13", "V0_16", "V0_19", "V0_21"})
  void strictModeWithEveryLnd(LndProfile profile) {
    try (FakeLnd old = FakeLnd.builder().profile(profile).start();
        Till strict = Till.openStrict(old)) {
      String sold = strict.buy(old);
      strict.assertGranted(sold);
      var unknown = io.l402.PaymentHash.ofHex("5a".repeat(32));
      assertTrue(strict.lnd.lookupInvoice(unknown).toCompletableFuture().join().isEmpty());
    }
  }

  /** With --gc-canceled-invoices-on-the-fly lnd knows nothing any more of what it canceled. */
  @Test
  void cancelingTwiceIsNoErrorWhereLndForgetsTheInvoice() {
    try (FakeLnd forgetful = FakeLnd.builder().dropCanceled(true).start();
        Till other = Till.open(forgetful)) {
      var hash = other.challenge().invoice().paymentHash();
      other.lnd.cancelInvoice(hash).toCompletableFuture().join();
      other.lnd.cancelInvoice(hash).toCompletableFuture().join();
      assertEquals(List.of(), forgetful.invoices());
    }
  }

  @Test
  void cancelsOnlyWhereTheMacaroonAllowsIt() {
    assertTrue(till.lnd.capabilities().contains(Capability.CANCEL));
    reopenWith(lnd.bake(folder.resolve("m"), "uri:/lnrpc.Lightning/AddInvoice"));
    assertFalse(till.lnd.capabilities().contains(Capability.CANCEL));
    var hash = till.challenge().invoice().paymentHash();
    var canceled = till.lnd.cancelInvoice(hash).toCompletableFuture();
    assertThrows(CompletionException.class, canceled::join);
  }

  @Test
  void refusesToCancelWhatIsPaid() {
    var challenge = till.challenge();
    lnd.pay(challenge.invoice().paymentRequest());
    var canceled = till.lnd.cancelInvoice(challenge.invoice().paymentHash()).toCompletableFuture();
    var e = assertThrows(CompletionException.class, canceled::join);
    assertEquals(Kind.REJECTED, ((LightningException) e.getCause()).kind());
  }

  @Test
  void strictModeRefusesWhileTheInvoiceIsOpen() {
    till.close();
    till = Till.openStrict(lnd);
    var challenge = till.challenge();
    String leaked = lnd.preimages().get(0);
    String token = challenge.withPreimage(io.l402.Preimage.ofHex(leaked)).toAuthorization();
    assertInstanceOf(Decision.Unavailable.class, till.present(token));
    lnd.pay(challenge.invoice().paymentRequest());
    till.assertGranted(token);
    lnd.stop();
    till.assertGranted(token);
  }

  private void reopenWith(Path macaroon) {
    till.close();
    till = Till.open(Till.settings(lnd).macaroon(macaroon).build());
  }
}
