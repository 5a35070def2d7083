// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static java.lang.invoke.MethodType.methodType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.lnd.LndCustomer;
import io.l402.it.lnd.LndKeys;
import io.l402.it.war.WarCase;
import io.l402.lnd.fake.FakeLnd;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
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
  /** Later JDKs keep the last class loader as well, and only that, elsewhere than 17 does. */
  private static final int KEPT_BY_JDK = Runtime.version().feature() == 17 ? 0 : 1;

  private static final int ROUNDS = 20;
  private static final int SOME_ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final FakeLnd lnd = FakeLnd.create();

  @AfterEach
  void stopLnd() {
    lnd.close();
  }

  @Test
  void leavesNoThreadAndNoClassBehind() throws Exception {
    Map<String, String> parameters = LndKeys.asParameters(keys());
    redeploy(ROUNDS, WarCase.WAR, parameters, RedeployIT::buyWeather);
  }

  /** The same with a stream of payments open. */
  @Test
  void leavesNothingOfAListenerBehind() throws Exception {
    Path war = ListeningShop.pack(WarCase.WAR, folder.resolve("listening.war"));
    Map<String, String> keys = keys();
    keys.put("settlementcursorfile", folder.resolve("settled").toString());
    redeploy(SOME_ROUNDS, war, keys, RedeployIT::buyAndHearOfIt);
  }

  private Map<String, String> keys() {
    return LndKeys.of(lnd, folder);
  }

  private interface Use {
    void of(Context application, LndCustomer customer) throws Exception;
  }

  private static void buyWeather(Context application, LndCustomer customer) throws Exception {
    assertEquals(200, customer.get("/shop/weather", customer.buy("/shop/weather")).status());
    assertEquals(200, customer.get("/shop/health").status());
  }

  private static void buyAndHearOfIt(Context application, LndCustomer customer) throws Exception {
    String credential = customer.buy("/shop/paid/x");
    assertEquals(200, customer.get("/shop/paid/x", credential).status());
    Object count = application.getServletContext().getAttribute(ListeningShop.COUNT);
    await().atMost(PATIENCE).until(() -> count.toString().equals("1"));
  }

  private void redeploy(int rounds, Path war, Map<String, String> parameters, Use use)
      throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (LeakReports reports = new LeakReports();
        HotTomcat tomcat = new HotTomcat(folder)) {
      for (int i = 0; i < rounds; i++) {
        loaders.add(deployUseAndUndeploy(tomcat, war, parameters, use));
        assertEquals(List.of(), reports.seen(), "in round " + i);
      }
      forgetTheLastRecord();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertTrue(left(loaders) <= KEPT_BY_JDK, left(loaders) + " are left"));
      assertTrue(tomcat.leaks().size() <= KEPT_BY_JDK, tomcat.leaks()::toString);
    }
  }

  /**
   * The JDK keeps the types of the last record that it wove {@code equals} for (17 does so in
   * {@code ObjectMethods.OBJECT_EQ}), and with them one class loader, until it weaves another one.
   */
  private static void forgetTheLastRecord() throws Exception {
    record Another(String text) {}
    MethodHandles.Lookup here = MethodHandles.lookup();
    MethodHandle text = here.findVirtual(Another.class, "text", methodType(String.class));
    MethodType type = methodType(boolean.class, Another.class, Object.class);
    try {
      ObjectMethods.bootstrap(here, "equals", type, Another.class, "text", text);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** In a method of its own, whose variables are gone afterwards. */
  private WeakReference<ClassLoader> deployUseAndUndeploy(
      HotTomcat tomcat, Path war, Map<String, String> parameters, Use use) throws Exception {
    Context application = tomcat.deploy("/shop", war, parameters);
    ClassLoader loader = application.getLoader().getClassLoader();
    use.of(application, new LndCustomer(tomcat.port(), lnd));
    tomcat.undeploy(application);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertEquals(List.of(), threadsOf(loader)));
    return new WeakReference<>(loader);
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
