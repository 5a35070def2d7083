// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.l402.L402Challenge;
import io.l402.lightning.SettlementFeed;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.Garbage;
import io.l402.lnd.fake.proto.WalletState;
import io.l402.lnd.proto.Invoice;
import io.l402.lnd.proto.ListInvoiceResponse;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is secret is in no log, at whatever level, and in no object that could print it. */
class LndSecretsTest {
  @TempDir Path folder;

  /** The fake is a server in this JVM: what it logs is lnd's business. */
  private static final List<String> SERVER =
      List.of(
          "NettyServerHandler", "io.l402.lnd.fake", "io.grpc.netty.shaded.io.netty.handler.ssl");

  @Test
  void noLogAtAnyLevelHasASecret() throws Exception {
    try (LogRecorder log = LogRecorder.ofAll();
        FakeLnd lnd = FakeLnd.create()) {
      List<String> secrets = new ArrayList<>();
      secrets.add(hex(Files.readAllBytes(lnd.invoiceMacaroon())));
      sellAndFail(lnd);
      lnd.macaroons().write();
      secrets.add(hex(Files.readAllBytes(lnd.invoiceMacaroon())));
      secrets.addAll(lnd.preimages());
      List<String> lines = ours(log);
      assertTrue(lines.size() > 100, lines.size() + " lines: everything is logged");
      for (String secret : secrets) {
        lines.forEach(line -> assertHides(line, secret));
      }
    }
  }

  /** Everything that makes calls, goes well and goes wrong. */
  private void sellAndFail(FakeLnd lnd) {
    Sales sales = new Sales();
    try (Till till = Till.openStrict(lnd);
        SettlementFeed feed =
            SettlementFeed.open(till.backend, Optional.of(folder.resolve("cursor")), sales)) {
      assertFalse(feed.toString().isEmpty());
      L402Challenge open = till.challenge();
      till.lnd.lookupInvoice(open.invoice().paymentHash()).toCompletableFuture().join();
      till.assertGranted(till.buy(lnd));
      sales.awaitAll(
          lnd.invoices().stream()
              .filter(it -> it.getSettleIndex() > 0)
              .map(it -> io.l402.PaymentHash.of(it.getRHash().toByteArray()))
              .toList());
      for (Garbage garbage : Garbage.values()) {
        lnd.faults().garble(garbage);
        till.ask();
        till.skip(java.time.Duration.ofSeconds(30));
      }
      lnd.faults().clear();
      lnd.state(WalletState.LOCKED);
      till.ask();
      lnd.state(WalletState.SERVER_ACTIVE);
      lnd.macaroons().rotateRootKeys();
      till.ask();
      till.health();
      lnd.cutStreams();
      lnd.crash();
      till.ask();
    }
  }

  private static List<String> ours(LogRecorder log) {
    return log.records().stream()
        .filter(record -> SERVER.stream().noneMatch(name(record)::contains))
        .map(LndSecretsTest::whole)
        .toList();
  }

  private static String name(LogRecord record) {
    return String.valueOf(record.getLoggerName());
  }

  private static String whole(LogRecord record) {
    StringWriter text = new StringWriter();
    text.append(name(record)).append(' ').append(new SimpleFormatter().formatMessage(record));
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    return text.toString();
  }

  /** In hex, in part of it, as protobuf prints bytes, or as they are. */
  private static void assertHides(String line, String secret) {
    byte[] bytes = HexFormat.of().parseHex(secret);
    String lower = line.toLowerCase(Locale.ROOT);
    int tail = secret.length() - 32;
    assertFalse(lower.contains(secret.substring(tail)), () -> "in " + line);
    String printed = Invoice.newBuilder().setRHash(ByteString.copyFrom(bytes)).toString();
    String escaped = printed.substring(printed.indexOf('"') + 1, printed.lastIndexOf('"'));
    assertFalse(line.contains(escaped), () -> "in " + line);
    assertFalse(line.contains(new String(bytes, StandardCharsets.ISO_8859_1)), () -> "in " + line);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The message has no field for it, and the reader drops what there is no field for. */
  @Test
  void noMessageThatIsReadHoldsAPreimage() {
    ByteString preimage =
        ByteString.copyFrom(new byte[32], 0, 32).substring(1).concat(ByteString.copyFromUtf8("S"));
    var sent =
        io.l402.lnd.fake.proto.Invoice.newBuilder()
            .setMemo("L402 weather")
            .setRPreimage(preimage)
            .build();
    Invoice read = LndMethods.LOOK_UP.parseResponse(new ByteArrayInputStream(sent.toByteArray()));
    assertEquals("L402 weather", read.getMemo());
    assertEquals(0, read.getUnknownFields().getSerializedSize());
    assertEquals(
        read, LndMethods.SUBSCRIBE.parseResponse(new ByteArrayInputStream(sent.toByteArray())));
    var page = io.l402.lnd.fake.proto.ListInvoiceResponse.newBuilder().addInvoices(sent).build();
    ListInvoiceResponse listed =
        LndMethods.LIST.parseResponse(new ByteArrayInputStream(page.toByteArray()));
    assertEquals(List.of(read), listed.getInvoicesList());
  }
}
