// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.TokenId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRevocationListTest {
  private static final Duration WINDOW = Duration.ofMillis(FileRevocationList.WINDOW_MILLIS);

  private final SettableClock clock = new SettableClock();
  private final SecureRandom random = new SecureRandom();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("revoked");
  }

  @Test
  void keepsWhatWasRevokedAcrossRestarts() {
    TokenId first = tokenId();
    TokenId second = tokenId();
    list().revoke(first, inAnHour());
    list().revoke(second, Instant.MAX);
    assertTrue(list().isRevoked(first));
    assertTrue(list().isRevoked(second));
    assertFalse(list().isRevoked(tokenId()));
  }

  @Test
  void writesOneLineATokenWithItsEnd() throws IOException {
    TokenId first = tokenId();
    TokenId second = tokenId();
    RevocationList list = list();
    list.revoke(first, Instant.ofEpochSecond(1_800_000_000, 1));
    list.revoke(second, Instant.MAX);
    list.revoke(first, Instant.ofEpochSecond(1_800_000_000));
    assertEquals(first + " 1800000001\n" + second + " never\n", Files.readString(file));
  }

  @Test
  void refusesWhatThisListRevokedAtOnceAndWhatOthersRevokedWithinTheWindow() {
    RevocationList mine = list();
    RevocationList theirs = list();
    TokenId tokenId = tokenId();
    theirs.revoke(tokenId, inAnHour());
    assertTrue(theirs.isRevoked(tokenId));
    clock.advance(WINDOW.minusMillis(1));
    assertFalse(mine.isRevoked(tokenId));
    clock.advance(Duration.ofMillis(1));
    assertTrue(mine.isRevoked(tokenId));
  }

  @Test
  void looksAgainWhenTheClockWasSetBack() {
    RevocationList mine = list();
    TokenId tokenId = tokenId();
    list().revoke(tokenId, inAnHour());
    clock.advance(Duration.ofDays(-1));
    assertTrue(mine.isRevoked(tokenId));
  }

  @Test
  void readsWhatAPersonWrote() throws IOException {
    TokenId first = tokenId();
    TokenId second = tokenId();
    TokenId third = tokenId();
    String upper = second.toHex().toUpperCase();
    Files.writeString(file, "# stolen\r\n\n  " + first + "\tnever # by mail\n" + upper + " 1");
    RevocationList list = list();
    assertTrue(list.isRevoked(first));
    assertTrue(list.isRevoked(second));
    list.revoke(third, inAnHour());
    assertTrue(list().isRevoked(second));
    assertTrue(list().isRevoked(third));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n",
        "00 never\n",
        "ID\n",
        "ID \n",
        "ID soon\n",
        "ID -1\n",
        "ID 1 2\n",
        "ID 1234567890123456\n",
        "IDnever\n",
        "0ID never\n",
        "ID never\nID",
      })
  void malformedFailsClosedAndTheMessageNamesTheLine(String content) throws IOException {
    RevocationList list = list();
    String id = "5c".repeat(32);
    Files.writeString(file, "# first line\n" + content.replace("ID", id));
    clock.advance(WINDOW);
    String message = failure(list);
    assertTrue(message.contains("line 2") || message.contains("line 3"), message);
    assertThrows(RootKeyStoreException.class, this::list);
    assertThrows(RootKeyStoreException.class, () -> list.revoke(tokenId(), inAnHour()));
  }

  @Test
  void missingFailsClosedUntilItIsBack() throws IOException {
    RevocationList list = list();
    TokenId tokenId = tokenId();
    list.revoke(tokenId, inAnHour());
    Path away = folder.resolve("away");
    Files.move(file, away);
    clock.advance(WINDOW);
    failure(list);
    assertThrows(RootKeyStoreException.class, () -> list.isRevoked(tokenId));
    assertThrows(RootKeyStoreException.class, () -> list.revoke(tokenId(), inAnHour()));
    Files.move(away, file);
    clock.advance(WINDOW);
    assertTrue(list.isRevoked(tokenId));
    assertFalse(list.isRevoked(tokenId()));
  }

  @Test
  void aFileThatGrewTooLargeFailsClosed() throws IOException {
    RevocationList list = list();
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(RevocationFile.MAX_BYTES);
      channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
    }
    clock.advance(WINDOW);
    failure(list);
  }

  @Test
  void aFullFileTakesNoMoreUntilSomethingRunsOut() throws IOException {
    TokenId expired = tokenId();
    String comments = "#".repeat(RevocationFile.MAX_BYTES - 101) + "\n";
    Files.writeString(file, comments + expired + " 1800000000\n");
    RevocationList list = list();
    TokenId tokenId = tokenId();
    assertThrows(RootKeyStoreException.class, () -> list.revoke(tokenId, Instant.MAX));
    assertFalse(list.isRevoked(tokenId));
    assertTrue(list.isRevoked(expired));
    clock.advance(Duration.ofDays(3_650));
    list.revoke(tokenId, Instant.MAX);
    assertTrue(list.isRevoked(tokenId));
    assertEquals(tokenId + " never\n", Files.readString(file));
  }

  @Test
  void dropsWhatHasRunOutWhenMuchHas() throws IOException {
    RevocationList list = list();
    TokenId kept = tokenId();
    list.revoke(kept, Instant.MAX);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      many.append(tokenId()).append(" 1600000000\n");
    }
    Files.writeString(file, many, StandardOpenOption.APPEND);
    TokenId last = tokenId();
    list.revoke(last, inAnHour());
    assertEquals(2, Files.readAllLines(file).size());
    assertTrue(list().isRevoked(kept));
    assertTrue(list().isRevoked(last));
    ownerOnly(file);
  }

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    Path nested = folder.resolve("new").resolve("revoked");
    RevocationList list = RevocationList.file(nested, clock);
    ownerOnly(nested);
    list.revoke(tokenId(), inAnHour());
    ownerOnly(nested.resolveSibling("revoked.lock"));
  }

  @Test
  void listsOfOneFileLoseNothingWhenTheyAreUsedAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<RevocationList> lists = List.of(list(), list(), list());
    try {
      List<TokenId> all = new ArrayList<>();
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        TokenId tokenId = tokenId();
        RevocationList list = lists.get(i % lists.size());
        all.add(tokenId);
        work.add(
            () -> {
              list.revoke(tokenId, inAnHour());
              assertTrue(list.isRevoked(tokenId));
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
      RevocationList fresh = list();
      all.forEach(tokenId -> assertTrue(fresh.isRevoked(tokenId)));
    } finally {
      threads.shutdownNow();
    }
  }

  /** A filter only reads, and nothing closes its list. */
  @Test
  void opensTheLockFileWhenSomethingIsRevokedAndNotBefore() {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    RevocationList list = list();
    list.isRevoked(tokenId());
    assertFalse(Files.exists(lockFile));
    list.revoke(tokenId(), inAnHour());
    assertTrue(Files.exists(lockFile));
  }

  /** What did not change is not read: the file is made unreadable without a trace, to tell. */
  @Test
  void doesNotReadWhatDidNotChange() throws IOException {
    TokenId tokenId = tokenId();
    RevocationList list = list();
    list.revoke(tokenId, inAnHour());
    FileTime modified = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    Files.write(file, new byte[content.length], StandardOpenOption.WRITE);
    Files.setLastModifiedTime(file, modified);
    clock.advance(WINDOW);
    assertTrue(assertDoesNotThrow(() -> list.isRevoked(tokenId)));
  }

  private String failure(RevocationList list) {
    return assertThrows(RootKeyStoreException.class, () -> list.isRevoked(tokenId())).getMessage();
  }

  private void ownerOnly(Path path) throws IOException {
    assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  private RevocationList list() {
    return RevocationList.file(file, clock);
  }

  private TokenId tokenId() {
    return TokenId.random(random);
  }

  private Instant inAnHour() {
    return clock.instant().plusSeconds(3_600);
  }
}
