// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.Preimage;
import io.l402.RequestHeaders;
import io.l402.demo.readme.Readme.Block;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.servlet.L402Filter;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

/** The Java of the README compiles, without a warning, and does what is said beside it. */
class ReadmeJavaTest {
  @TempDir static Path classes;
  @TempDir Path folder;

  private static ClassLoader loader;

  @BeforeAll
  static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", classes.toString(), "--release", "17", "-Xlint:all", "-Werror"));
    arguments.addAll(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    // Annotations of annotations that are not on the class path are no business of the reader.
    arguments.add("-Xlint:-classfile,-path");
    for (Block block : Readme.blocks("java")) {
      Path source = classes.resolve(className(block) + ".java");
      arguments.add(Files.writeString(source, block.text()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertEquals(
        0, compiler.run(null, said, said, arguments.toArray(String[]::new)), said::toString);
    loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ReadmeJavaTest.class.getClassLoader());
  }

  private static String className(Block block) {
    Matcher name = Pattern.compile("(?m)^public class (\\w+)").matcher(block.text());
    assertTrue(name.find(), "line " + block.line() + ": no class");
    return name.group(1);
  }

  @Test
  void theShopSellsToTheBuyerWhoMayNarrowTheToken() throws Exception {
    try (FakeLightning node = FakeLightning.create()) {
      Object shop =
          loader
              .loadClass("Shop")
              .getConstructor(LightningBackend.class, Network.class, Path.class)
              .newInstance(node, Network.REGTEST, folder.resolve("master.keys"));
      List<String> challenge = ask(shop, RequestHeaders.NONE);
      assertEquals(2, challenge.size());
      Object buyer = loader.loadClass("Buyer").getConstructor().newInstance();
      String token = buy(buyer, challenge, node);
      assertEquals(List.of("sunny"), ask(shop, authorization(token)));
      assertEquals(List.of("sunny"), ask(shop, authorization(narrow(buyer, token, "my_note=1"))));
      String ended = narrow(buyer, token, "weather_valid_until=1");
      assertTrue(ask(shop, authorization(ended)).get(1).endsWith("error=\"expired\""));
    }
  }

  private static String narrow(Object buyer, String token, String caveat) throws Exception {
    return (String)
        buyer
            .getClass()
            .getMethod("narrow", String.class, String.class)
            .invoke(buyer, token, caveat);
  }

  private static RequestHeaders authorization(String token) {
    return name -> name.equalsIgnoreCase("authorization") ? List.of(token) : List.of();
  }

  @SuppressWarnings("unchecked")
  private static List<String> ask(Object shop, RequestHeaders headers) throws Exception {
    CompletionStage<List<String>> answer =
        (CompletionStage<List<String>>)
            shop.getClass()
                .getMethod("ask", RequestHeaders.class, InetAddress.class)
                .invoke(shop, headers, InetAddress.getLoopbackAddress());
    return answer.toCompletableFuture().get();
  }

  @Test
  void springBootsBeanRegistersTheFilter() throws Exception {
    String xml = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"/>";
    try (FakeLightning node = FakeLightning.create()) {
      FilterRegistrationBean<?> bean = bean(node);
      try (TomcatWithWebXml tomcat =
          new TomcatWithWebXml(folder, xml)
              .initializer((none, context) -> bean.onStartup(context))
              .start()) {
        // Its invoices are for the private chain of tests, and this bean is meant for real money.
        assertEquals(503, tomcat.status("/weather"));
        assertEquals(200, tomcat.status("/other"));
        assertEquals(1, node.createCalls());
      }
    }
  }

  private FilterRegistrationBean<?> bean(LightningBackend node) throws Exception {
    Object prices = loader.loadClass("Prices").getConstructor().newInstance();
    return (FilterRegistrationBean<?>)
        prices
            .getClass()
            .getMethod("l402", LightningBackend.class, Path.class)
            .invoke(prices, node, folder.resolve("master.keys"));
  }

  @Test
  void theServletSeesTheToken() throws Exception {
    HttpServlet servlet =
        (HttpServlet) loader.loadClass("WeatherServlet").getConstructor().newInstance();
    Object buyer = loader.loadClass("Buyer").getConstructor().newInstance();
    String xml = Readme.block("xml", "l402.paths");
    try (TomcatWithWebXml tomcat =
        new TomcatWithWebXml(folder, xml).servlet("/weather", servlet).start()) {
      FakeLightning node = (FakeLightning) tomcat.attribute(L402Filter.BACKEND_ATTRIBUTE);
      List<String> challenge = tomcat.get("/weather").headers().allValues("WWW-Authenticate");
      String token = buy(buyer, challenge, node);
      String answer = tomcat.get("/weather", "Authorization", token).body();
      assertTrue(answer.matches("Sunny\\. Paid with [0-9a-f]{64}\\s+"), answer);
    }
  }

  private static String buy(Object buyer, List<String> challenge, FakeLightning node)
      throws Exception {
    Function<String, Preimage> wallet = node::pay;
    return (String)
        buyer
            .getClass()
            .getMethod("buy", List.class, Function.class)
            .invoke(buyer, challenge, wallet);
  }
}
