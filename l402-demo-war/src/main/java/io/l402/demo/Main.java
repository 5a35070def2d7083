// SPDX-License-Identifier: Apache-2.0
package io.l402.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs the WAR that it lies in: {@code java -jar l402-demo.war}.
 *
 * <p>Knows the JDK only. Tomcat waits in {@code WEB-INF/lib-run/}, where no container looks; it is
 * copied to a temporary folder, which goes when the program ends, and started from there.
 */
public final class Main {
  private static final String RUN = "WEB-INF/lib-run/";
  private static final String SERVER = "io.l402.demo.run.EmbeddedTomcat";
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";
  private static final String USAGE =
      String.join(
          System.lineSeparator(),
          "Usage: java -jar l402-demo.war [options]",
          "  --port <0..65535>  the port, 0 for any free one (default: $PORT, else 8081)",
          "  --host <address>   the address to listen on (default: 127.0.0.1)",
          "  --config <file>    a configuration in place of the demo's own",
          "  --help             this text");

  private Main() {}

  /** Starts the server and returns when it has ended. Exits with 2 if an option is wrong. */
  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    try {
      run(options(args, System.getenv()));
    } catch (IllegalArgumentException e) {
      fail(2, e.getMessage() + System.lineSeparator() + USAGE);
    } catch (IllegalStateException e) {
      fail(1, e.getMessage());
    }
  }

  private static void fail(int status, String message) {
    System.err.println("l402-demo: " + message);
    System.exit(status);
  }

  /** Reads the command line; what it does not say is taken from the environment, or usual. */
  static Map<String, String> options(String[] args, Map<String, String> environment) {
    Map<String, String> options = new HashMap<>();
    options.put("port", environment.getOrDefault("PORT", "8081"));
    options.put("host", "127.0.0.1");
    for (int i = 0; i < args.length; i += 2) {
      if (!List.of("--port", "--host", "--config").contains(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      if (i + 1 == args.length || args[i + 1].isBlank()) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      options.put(args[i].substring(2), args[i + 1]);
    }
    checkPort(options.get("port"));
    checkFile(options.get("config"));
    return options;
  }

  private static void checkPort(String port) {
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("port: found " + port + ", expected 0 to 65535");
    }
  }

  private static void checkFile(String config) {
    if (config != null && !Files.isReadable(Path.of(config))) {
      throw new IllegalArgumentException("config: cannot read " + config);
    }
  }

  private static void run(Map<String, String> options) throws Exception {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%1$tT %4$s %5$s%6$s%n");
    }
    Path folder = Files.createTempDirectory("l402-demo-");
    List<AutoCloseable> open = new ArrayList<>(List.of(() -> delete(folder)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAll(open), "l402-demo-stop"));
    Path war = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    options.put("war", war.toString());
    options.put("folder", folder.toString());
    URLClassLoader loader =
        new URLClassLoader(
            "lib-run",
            unpack(war, folder.resolve("lib-run")),
            ClassLoader.getPlatformClassLoader());
    synchronized (open) {
      open.add(0, loader);
      open.add(0, server(loader).apply(options));
    }
    System.out.println("l402-demo: stop it with Ctrl+C");
    new CountDownLatch(1).await();
  }

  /** The one step from this class to those beside Tomcat: by name, since no class path has both. */
  @SuppressWarnings("unchecked")
  private static Function<Map<String, String>, AutoCloseable> server(ClassLoader loader)
      throws ReflectiveOperationException {
    Thread.currentThread().setContextClassLoader(loader);
    return (Function<Map<String, String>, AutoCloseable>)
        loader.loadClass(SERVER).getConstructor().newInstance();
  }

  /** Copies what lies under lib-run; gives a class path over its classes and its jars. */
  private static URL[] unpack(Path war, Path target) throws IOException {
    List<URL> path = new ArrayList<>();
    path.add(Files.createDirectories(target.resolve("classes")).toUri().toURL());
    try (JarFile file = new JarFile(war.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        if (entry.getName().startsWith(RUN) && !entry.isDirectory()) {
          copy(file, entry, target.resolve(entry.getName().substring(RUN.length())), path);
        }
      }
    }
    return path.toArray(URL[]::new);
  }

  private static void copy(JarFile file, JarEntry entry, Path to, List<URL> path)
      throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream in = file.getInputStream(entry)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
    if (to.toString().endsWith(".jar")) {
      path.add(to.toUri().toURL());
    }
  }

  private static void closeAll(List<AutoCloseable> open) {
    synchronized (open) {
      open.forEach(Main::close);
    }
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      System.err.println("l402-demo: while stopping: " + e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
