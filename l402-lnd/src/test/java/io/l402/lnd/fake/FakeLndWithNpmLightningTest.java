// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.PaymentHash;
import io.l402.lnd.fake.proto.WalletState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An independent client, which ships lnd's own protos, takes the fake for an lnd. */
class FakeLndWithNpmLightningTest {
  private final NodeJs node = new NodeJs(Path.of("src/test/node"), Path.of("target/npm-lightning"));
  private final Map<String, String> found = new LinkedHashMap<>();

  @Test
  void aClientWithLndsOwnProtosTakesTheFakeForAnLnd() throws Exception {
    node.install();
    try (FakeLnd lnd = FakeLnd.create();
        FakeLnd other = FakeLnd.create()) {
      drive(lnd, other.macaroonHex("info:read"));
      check(lnd);
    }
  }

  private void drive(FakeLnd lnd, String forged) throws IOException, InterruptedException {
    String good = lnd.macaroonHex("info:read", "invoices:read", "invoices:write");
    String weak = lnd.macaroonHex("invoices:read");
    Process client = node.start(lnd.host(), lnd.tlsCert().toString(), good, forged, weak);
    Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES);
    later.execute(client::destroyForcibly);
    try (BufferedReader lines = client.inputReader();
        PrintStream answers = new PrintStream(client.getOutputStream(), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        if (words[0].equals("ask")) {
          answers.println(obey(lnd, words[1]));
        } else {
          found.put(words[0], words[1]);
        }
      }
    }
    assertEquals(0, client.waitFor());
  }

  private static String obey(FakeLnd lnd, String what) {
    String[] words = what.split(" ");
    switch (words[0]) {
      case "subscribed" -> Awaitility.await().until(() -> lnd.subscribers() == 1);
      case "accept" -> lnd.accept(PaymentHash.ofHex(words[1]));
      case "lock" -> lnd.state(WalletState.LOCKED);
      case "pay" -> {
        return lnd.pay(words[1]).toHex();
      }
      default -> throw new IllegalArgumentException(what);
    }
    return "done";
  }

  private void check(FakeLnd lnd) {
    String id = PaymentHash.of(lnd.invoices().get(0).getRHash().toByteArray()).toHex();
    String node = lnd.nodeId().toHex();
    assertFound("wallet", "{'public_key':'" + node + "','alias':'fake','synced':true}");
    assertFound("created", "{'id':'" + id + "','mtokens':'1500','secret_fits':true}");
    assertFound(
        "decoded",
        "{'id':'%s','description':'L402 node','destination':'%s','mtokens':'1500',"
                .formatted(id, node)
            + "'network':'regtest','cltv_delta':80,'payment_fits':true,"
            + "'features':[8,14,17,25],'seconds':10800}");
    assertFound("open", "{'confirmed':false,'description':'L402 node','index':1,'received':0}");
    assertFound("paid", "{'fits':true}");
    assertFound("settled", "{'confirmed':true,'index':1,'received':'1500'}");
    assertFound("unknown", "{'code':5,'details':'unable to locate invoice'}");
    assertFound(
        "forged", error("verification failed: signature mismatch after caveat verification"));
    assertFound("weak", error("permission denied"));
    assertFound("canceled", "{'canceled':true,'confirmed':false}");
    assertFound("hold", "{'held':true,'confirmed':true,'secret':true}");
    assertFound("listed", "{'newest_first':[3,2],'more':true}");
    assertFound("events", "['1 open','1 settled','2 open','3 open','3 settled']");
    assertFound("locked", error("wallet locked, unlock it to enable full RPC access"));
    assertTrue(found.get("status").contains("\"is_locked\":true"), found.get("status"));
  }

  private static String error(String details) {
    return "{'code':2,'details':'" + details + "'}";
  }

  private void assertFound(String name, String json) {
    assertEquals(json.replace('\'', '"'), found.get(name), name);
  }
}
