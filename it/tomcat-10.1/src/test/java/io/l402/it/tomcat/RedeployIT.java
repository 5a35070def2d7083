// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.it.lnd.LndCustomer;
import io.l402.it.war.WarCase;
import io.l402.lnd.fake.FakeLnd;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with lnd comes and goes on a Tomcat that stays, and leaves nothing behind. */
class RedeployIT {
  private static final int ROUNDS = 20;

  @TempDir Path folder;
  private final FakeLnd lnd = FakeLnd.create();

  @AfterEach
  void stopLnd() {
    lnd.close();
  }

  @Test
  void leavesNoThreadAndNoClassBehind() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (LeakReports reports = new LeakReports();
        HotTomcat tomcat = new HotTomcat(folder)) {
      for (int i = 0; i < ROUNDS; i++) {
        loaders.add(deployUseAndUndeploy(tomcat));
        assertEquals(List.of(), reports.seen(), "in round " + i);
      }
      forgetTheLastRecord();
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(0, left(loaders)));
      assertEquals(List.of(), tomcat.leaks());
    }
  }

  /**
   * The JDK keeps the types of the last record that it wove {@code equals} for (17 does so in {@code
   * ObjectMethods.OBJECT_EQ}), and with them one class loader, until there is another record.
   */
  private static void forgetTheLastRecord() {
    record Another(String text) {}
    assertEquals(new Another("x"), new Another("x"));
  }

  /** In a method of its own, whose variables are gone afterwards. */
  private WeakReference<ClassLoader> deployUseAndUndeploy(HotTomcat tomcat) throws Exception {
    Context application = tomcat.deploy("/shop", WarCase.WAR, parameters());
    ClassLoader loader = application.getLoader().getClassLoader();
    LndCustomer customer = new LndCustomer(tomcat.port(), lnd);
    assertEquals(200, customer.get("/shop/weather", customer.buy("/shop/weather")).status());
    tomcat.undeploy(application);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertEquals(List.of(), threadsOf(loader)));
    return new WeakReference<>(loader);
  }

  private Map<String, String> parameters() {
    return Map.of(
        "l402.backend", "lnd",
        "l402.lndhost", lnd.host(),
        "l402.tlspath", lnd.tlsCert().toString(),
        "l402.macaroonpath", lnd.invoiceMacaroon().toString(),
        "l402.network", "regtest",
        "l402.backenddeadline", "20s",
        "l402.masterkeyfile", folder.resolve("master.keys").toString());
  }

  /** By what they run, what they may load, or how this library calls them. */
  private static List<String> threadsOf(ClassLoader application) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getContextClassLoader() == application
                    || thread.getClass().getClassLoader() == application
                    || thread.getName().startsWith("l402-"))
        .map(Thread::getName)
        .toList();
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    System.gc();
    return loaders.stream().map(WeakReference::get).filter(Objects::nonNull).count();
  }
}
