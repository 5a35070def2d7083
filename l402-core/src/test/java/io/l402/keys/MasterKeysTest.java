// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.L402ConfigException;
import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.TokenId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
  private static final L402Identifier IDENTIFIER =
      new L402Identifier(PaymentHash.of(new byte[32]), TokenId.of(new byte[32]));
  private static final String A = "a1".repeat(31) + "00";
  private static final String B = "b1".repeat(31) + "00";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("master.keys");
  }

  @Test
  void makesTheFileOnceAndThenReadsIt() throws IOException {
    MasterKeys made = MasterKeys.load(file);
    byte[] content = Files.readAllBytes(file);
    assertEquals(root(made), root(MasterKeys.load(file)));
    assertEquals(1, made.size());
    assertEquals(new String(content), Files.readString(file));
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void everyFileHasItsOwnKey() {
    assertNotEquals(
        root(MasterKeys.load(file)), root(MasterKeys.load(folder.resolve("other.keys"))));
  }

  @Test
  void makesFileAndFolderForTheirOwnerOnly() throws IOException {
    assumeTrue(isPosix());
    Path nested = folder.resolve("l402").resolve("secret").resolve("master.keys");
    MasterKeys.load(nested);
    assertEquals("rw-------", mode(nested));
    assertEquals("rwx------", mode(nested.getParent()));
    assertEquals("rwx------", mode(nested.getParent().getParent()));
  }

  @Test
  void serversThatStartAtOnceUseTheSameKey() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<String> start = () -> root(MasterKeys.load(file));
      List<Callable<String>> starts = new ArrayList<>(java.util.Collections.nCopies(32, start));
      List<String> roots = new ArrayList<>();
      for (Future<String> root : threads.invokeAll(starts)) {
        roots.add(root.get());
      }
      assertEquals(1, roots.stream().distinct().count());
      assertEquals(List.of(file), list(folder));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void readsOneSigningAndThreeOtherKeysWithCommentsAndBlankLines() throws IOException {
    String c = "c1".repeat(31) + "00";
    String d = "d1".repeat(31) + "00";
    write(
        "# ours\r\n\nverify "
            + B
            + "\nsign\t"
            + A.toUpperCase()
            + " # since May\nverify "
            + c
            + "\n  verify   "
            + d);
    MasterKeys keys = MasterKeys.load(file);
    assertEquals(4, keys.size());
    write("sign " + A);
    assertEquals(root(MasterKeys.load(file)), root(keys));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-rw-rw-"})
  void refusesAFileThatOthersCanReadOrWrite(String mode) throws IOException {
    assumeTrue(isPosix());
    write("sign " + A);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    String message = refusal();
    assertTrue(message.contains(mode) && message.contains(file.toString()), message);
  }

  @ParameterizedTest
  @CsvSource({
    "'', found 0 \"sign\" keys",
    "verify A, found 0 \"sign\" keys",
    "sign A;sign B, found 2 \"sign\" keys",
    "sign A;verify A, line 2: there for the second time",
    "sign A;# x;verify 00, line 3: found 1 bytes",
    "sign A00, line 1: found 33 bytes",
    "sign 0000000000000000000000000000000000000000000000000000000000000000, line 1: one byte",
    "sign A;verify ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, line 2: one",
    "sign A;sing B, line 2: expected",
    "SIGN A, line 1: expected",
    "A, line 1: expected",
    "sign A B, line 1: expected",
    "sign, line 1: expected",
    "sign xyz, line 1: expected a key of 64 hex digits",
    "sign abc, line 1: expected a key of 64 hex digits",
    "'sign A;verify B;verify C1;verify C2;verify C3', line 5: more than 4 keys",
  })
  void refusesTheFileAndNamesTheLineWithoutTheKey(String lines, String expected)
      throws IOException {
    String tail = "7e".repeat(30);
    write(
        lines
            .replace(";", "\n")
            .replace("C", "c" + tail + "5a")
            .replaceAll("\\bA", A)
            .replaceAll("\\bB\\b", B));
    L402ConfigException refused =
        assertThrows(L402ConfigException.class, () -> MasterKeys.load(file));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    for (String key : List.of(A, B, tail, "xyz")) {
      assertFalse(trace.toString().contains(key), trace.toString());
    }
  }

  @Test
  void listsAllFaultsAtOnce() throws IOException {
    write("sign " + A + "\nfoo\nverify 00");
    String message = refusal();
    assertTrue(message.contains("line 2: ") && message.contains("line 3: "), message);
  }

  @Test
  void refusesAFolderAndAHugeFile() throws IOException {
    Files.createDirectory(file);
    assertTrue(refusal().contains("regular file"));
    Files.delete(file);
    write("#".repeat(20_000));
    assertTrue(refusal().contains("16 KiB"));
  }

  @Test
  void refusesWhenTheFileCannotBeMade() throws IOException {
    write("not a folder");
    Path below = file.resolve("master.keys");
    assertThrows(L402ConfigException.class, () -> MasterKeys.load(below));
    assertEquals("not a folder", Files.readString(file));
  }

  @Test
  void copiesKeysThatTheApplicationKeeps() {
    byte[] sign = new byte[32];
    sign[0] = 1;
    MasterKeys keys = MasterKeys.of(sign);
    String before = root(keys);
    sign[0] = 2;
    assertEquals(before, root(keys));
    assertThrows(IllegalArgumentException.class, () -> MasterKeys.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> MasterKeys.of(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> MasterKeys.of(sign, sign));
  }

  @Test
  void keysInMemoryAreFreshAndDoNotPrint() {
    MasterKeys keys = MasterKeys.inMemory(new SecureRandom());
    assertNotEquals(root(keys), root(MasterKeys.inMemory(new SecureRandom())));
    assertEquals("MasterKeys(1, redacted)", keys.toString());
  }

  private String refusal() {
    return assertThrows(L402ConfigException.class, () -> MasterKeys.load(file)).getMessage();
  }

  /** A root key made with these master keys, to compare by. */
  private static String root(MasterKeys keys) {
    byte[] root = RootKeyStore.derived(keys).create(IDENTIFIER).toByteArray();
    return java.util.HexFormat.of().formatHex(root);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    if (isPosix()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
