// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.L402ConfigException;
import io.l402.PaymentHash;
import io.l402.internal.FailureLog;
import io.l402.lightning.LightningException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementFeedTest {
  @TempDir Path folder;

  private final ScriptedBackend node = new ScriptedBackend();
  private final ManualTimer timer = new ManualTimer();
  private final List<PaymentHash> told = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final FailureLog failures = new FailureLog(new Recorder(log), nanos::get);
  private final List<SettlementFeed> open = new ArrayList<>();
  private GuardedBackend backend;
  private Path file;

  @BeforeEach
  void begin() {
    backend = GuardedBackend.builder(node).timer(timer).build();
    file = folder.resolve("state").resolve("cursor");
  }

  @AfterEach
  void end() {
    open.forEach(SettlementFeed::close);
    backend.close();
  }

  private SettlementFeed feed() {
    return feed(file, told::add);
  }

  private SettlementFeed feed(Path path, Consumer<PaymentHash> sink) {
    CursorWriter writer = CursorWriter.open(path, timer, failures);
    SettlementFeed feed = SettlementFeed.open(backend, Optional.of(writer), sink, failures);
    open.add(feed);
    return feed;
  }

  private static PaymentHash hash(int number) {
    return PaymentHash.ofHex(String.format("%064x", number));
  }

  private void pay(int... numbers) {
    for (int number : numbers) {
      node.settlements.settled(hash(number), Integer.toString(number));
    }
  }

  private String written() throws IOException {
    return Files.readString(file);
  }

  private void write(String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
  }

  private String refusal() {
    String message = assertThrows(L402ConfigException.class, this::feed).getMessage();
    assertTrue(message.startsWith("settlement cursor file " + file + ": "), message);
    return message;
  }

  @Test
  void tellsOfPaymentsFromTheBeginningAndKeepsWhereItIs() throws IOException {
    feed();
    assertEquals("", node.cursor);
    assertFalse(Files.exists(file));
    pay(1);
    assertEquals(List.of(hash(1)), told);
    assertEquals("1\n", written());
  }

  @Test
  void keepsItsFileForItsOwnerOnly() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    feed();
    pay(1);
    for (Path path : List.of(file, file.resolveSibling("cursor.lock"))) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      assertEquals("rw-------", mode, path.toString());
    }
  }

  @Test
  void goesOnWhereItWasWhenItWasClosed() {
    feed().close();
    SettlementFeed first = feed();
    pay(1, 2, 3);
    first.close();
    feed();
    assertEquals("3", node.cursor);
  }

  @Test
  void tellsAgainAfterACrashWhatWasNotWrittenAndLosesNothing() throws IOException {
    feed();
    pay(1, 2, 3);
    assertEquals("1\n", written());
    Path left = folder.resolve("what the crash left");
    Files.copy(file, left);
    List<PaymentHash> after = new ArrayList<>();
    feed(left, after::add);
    assertEquals("1", node.cursor);
    pay(2, 3, 4);
    assertEquals(List.of(hash(2), hash(3), hash(4)), after);
  }

  @Test
  void aCrashWhileAPaymentIsToldTellsItAgain() throws IOException {
    List<String> during = new ArrayList<>();
    feed(file, hash -> during.add(Files.exists(file) ? "written" : "not written"));
    pay(1);
    assertEquals(List.of("not written"), during);
    assertEquals("1\n", written());
  }

  @Test
  void theCursorIsNeverAheadOfWhatWasTold() {
    int[] number = {0};
    SettlementFeed feed =
        feed(
            file,
            hash -> {
              number[0]++;
              assertTrue(atMost(number[0] - 1), "ahead of payment " + number[0]);
              told.add(hash);
            });
    for (int i = 1; i <= 50; i++) {
      pay(i);
      timer.advance(CursorWriter.REST.dividedBy(3));
      assertTrue(atMost(i));
    }
    feed.close();
    assertEquals(50, told.size());
    assertTrue(atMost(50));
    assertFalse(atMost(49));
  }

  private boolean atMost(int number) {
    try {
      return !Files.exists(file) || Integer.parseInt(written().strip()) <= number;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void writesABurstOnceASecond() throws IOException {
    feed();
    pay(1, 2, 3);
    assertEquals("1\n", written());
    timer.advance(CursorWriter.REST);
    assertEquals("3\n", written());
    pay(4);
    assertEquals("3\n", written());
    timer.advance(CursorWriter.REST);
    assertEquals("4\n", written());
    timer.advance(CursorWriter.REST);
    assertEquals(0, timer.waiting());
    pay(5);
    assertEquals("5\n", written());
  }

  @Test
  void doesNotWriteWhatTheFileSaysAlready() throws IOException {
    feed();
    pay(1);
    timer.advance(CursorWriter.REST);
    write("untouched");
    pay(1);
    assertEquals("untouched", written());
  }

  @Test
  void tellsEachPaymentOnceHoweverOftenTheNodeDoes() throws IOException {
    feed();
    pay(1, 2, 1, 2, 2, 1);
    assertEquals(List.of(hash(1), hash(2)), told);
    node.settlements.settled(hash(2), "7");
    timer.advance(CursorWriter.REST);
    assertEquals("7\n", written());
  }

  @Test
  void remembersTheLast100000Payments() {
    AtomicInteger count = new AtomicInteger();
    open.add(SettlementFeed.open(backend, Optional.empty(), hash -> count.incrementAndGet()));
    for (int i = 0; i < 100_000; i++) {
      pay(i);
    }
    pay(0);
    assertEquals(100_000, count.get());
    pay(100_000, 1);
    assertEquals(100_001, count.get());
    pay(0);
    assertEquals(100_002, count.get());
  }

  @Test
  void whatTheSinkThrowsIsLoggedAndThePaymentCountsAsTold() throws IOException {
    SettlementFeed feed =
        feed(
            file,
            hash -> {
              told.add(hash);
              if (told.size() == 1) {
                throw new IllegalStateException("expected by a test");
              }
              throw new NoClassDefFoundError("expected by a test");
            });
    pay(1, 1, 2);
    feed.close();
    assertEquals(List.of(hash(1), hash(2)), told);
    assertEquals("2\n", written());
    String what = "a listener of payments failed; the payment counts as told ";
    assertEquals(List.of(what + "IllegalStateException", what + "NoClassDefFoundError"), log);
  }

  @Test
  void aFileThatCannotBeWrittenStopsNothingAndIsTriedWithTheNextPayment() throws IOException {
    feed();
    Path away = folder.resolve("away");
    Files.move(file.getParent(), away);
    for (int i = 1; i <= 10; i++) {
      pay(i);
      timer.advance(CursorWriter.REST);
    }
    assertEquals(10, told.size());
    assertEquals(1, log.size(), log::toString);
    assertTrue(log.get(0).contains(file + ": cannot be written"), log::toString);
    assertEquals(0, timer.waiting());
    Files.move(away, file.getParent());
    pay(10);
    assertEquals("10\n", written());
    assertEquals(10, told.size());
  }

  @Test
  void aFileThatCannotBeWrittenAtTheEndEndsTheFeedAllTheSame() throws IOException {
    SettlementFeed feed = feed();
    Files.move(file.getParent(), folder.resolve("away"));
    pay(1, 2);
    feed.close();
    assertEquals(1, node.unsubscribed);
    feed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "", "3\u0000"})
  void aCursorThatIsNoLineIsNotWritten(String cursor) throws IOException {
    write("5");
    feed();
    node.settlements.settled(hash(1), cursor);
    node.settlements.settled(hash(2), "x".repeat(257));
    timer.advance(CursorWriter.REST);
    assertEquals(2, told.size());
    assertEquals("5", written());
    assertEquals(1, log.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"settle 5", "settle 5\n", "settle 5\r\n"})
  void readsALineWithOrWithoutItsEnd(String content) throws IOException {
    write(content);
    feed();
    assertEquals("settle 5", node.cursor);
  }

  @Test
  void readsTheLongestLine() throws IOException {
    write("x".repeat(256) + "\r\n");
    feed();
    assertEquals("x".repeat(256), node.cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "5\n6\n", "5\n\n", "\u00005", "5\t", "f\u00fcnf", "\u007f"})
  void refusesADamagedFileAndLetsItGo(String content) throws IOException {
    write(content);
    String message = refusal();
    assertTrue(message.contains("expected one line of 1 to 256 printable ASCII"), message);
    assertTrue(message.contains("delete it to hear of all payments"), message);
    Files.delete(file);
    feed();
    assertEquals("", node.cursor);
  }

  @Test
  void refusesALineThatIsTooLong() throws IOException {
    write("x".repeat(257));
    refusal();
    write("x".repeat(1_000_000));
    refusal();
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    Files.createDirectories(file);
    assertTrue(refusal().contains("cannot be read"));
  }

  @Test
  void refusesAFolderThatIsNone() throws IOException {
    Files.writeString(folder.resolve("state"), "a file");
    assertTrue(refusal().contains("cannot be locked"));
  }

  @Test
  void twoFeedsCannotShareAFile() {
    SettlementFeed first = feed();
    assertTrue(refusal().contains("a feed of payments needs a file of its own"));
    refusal();
    first.close();
    first.close();
    SettlementFeed second = feed();
    first.close();
    refusal();
    second.close();
  }

  @Test
  void twoProcessesCannotShareAFile() throws Exception {
    Process other = anotherProcess();
    try {
      assertEquals("held " + file, other.inputReader().readLine());
      refusal();
      other.getOutputStream().close();
      assertEquals(0, other.waitFor());
      feed();
    } finally {
      other.destroyForcibly();
    }
  }

  /** On POSIX systems, closing any channel of a file drops the locks that the process has on it. */
  @Test
  void aRefusedFeedDoesNotLetAnotherProcessIn() throws Exception {
    feed();
    refusal();
    Process other = anotherProcess();
    try {
      assertNull(other.inputReader().readLine());
      assertEquals(1, other.waitFor());
    } finally {
      other.destroyForcibly();
    }
  }

  private Process anotherProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CursorHolder.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aCursorThatTheNodeRefusesNamesTheFileAndLetsItGo() throws IOException {
    write("5");
    node.noSubscription = new LightningException(Kind.REJECTED, "no such cursor");
    String message = refusal();
    assertTrue(message.contains("the node refuses its cursor"), message);
    node.noSubscription = null;
    feed();
    assertEquals("5", node.cursor);
  }

  @Test
  void whatElseTheNodeSaysIsPassedOn() throws IOException {
    LightningException refused = new LightningException(Kind.REJECTED, "no");
    node.noSubscription = refused;
    assertSame(refused, assertThrows(LightningException.class, this::feed));
    write("5");
    LightningException wrong = new LightningException(Kind.CONFIG, "no");
    node.noSubscription = wrong;
    assertSame(wrong, assertThrows(LightningException.class, this::feed));
  }

  @Test
  void isSilentAfterItsEnd() throws IOException {
    SettlementFeed feed = feed();
    pay(1);
    feed.close();
    feed.close();
    pay(2);
    assertEquals(1, node.unsubscribed);
    assertEquals(List.of(hash(1)), told);
    assertEquals("1\n", written());
    assertTrue(timer.closed);
  }

  @Test
  void tellsOneAtATimeAlsoWhenTheBackendDoesNot() {
    List<Integer> inside = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger now = new AtomicInteger();
    feed(
        file,
        hash -> {
          inside.add(now.incrementAndGet());
          Thread.yield();
          now.decrementAndGet();
        });
    CompletableFuture<?>[] threads = new CompletableFuture<?>[4];
    for (int t = 0; t < threads.length; t++) {
      int first = t * 1_000;
      threads[t] =
          CompletableFuture.runAsync(
              () -> {
                for (int i = first; i < first + 500; i++) {
                  pay(i);
                }
              });
    }
    CompletableFuture.allOf(threads).join();
    assertEquals(Collections.nCopies(2_000, 1), inside);
  }

  private record Recorder(List<String> entries) implements System.Logger {
    @Override
    public String getName() {
      return "recorder";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      entries.add(message + (thrown == null ? "" : " " + thrown.getClass().getSimpleName()));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      entries.add(format);
    }
  }
}
