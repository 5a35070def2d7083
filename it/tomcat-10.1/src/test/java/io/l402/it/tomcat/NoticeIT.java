// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.war.WarCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is in the WAR is named in its notice, and nobody else. */
class NoticeIT {
  private static final Pattern JAR =
      Pattern.compile("WEB-INF/lib(?:-run)?/(?!l402-)(.+?)-[0-9][^/]*\\.jar");

  private static final Pattern BRACKETS = Pattern.compile("\\[([^]]+)]");

  @Test
  void namesEveryLibraryInTheWar() throws IOException {
    try (JarFile war = new JarFile(WarCase.WAR.toFile())) {
      Set<String> there = jars(war);
      assertTrue(there.containsAll(List.of("grpc-core", "tomcat-embed-core")), there::toString);
      assertEquals(there, named(read(war, "META-INF/NOTICE")));
      assertTrue(read(war, "META-INF/LICENSE").contains("Apache License"));
    }
  }

  private static Set<String> jars(JarFile war) {
    Set<String> names = new TreeSet<>();
    war.stream()
        .flatMap(entry -> JAR.matcher(entry.getName()).results())
        .forEach(jar -> names.add(jar.group(1)));
    return names;
  }

  private static Set<String> named(String notice) {
    Set<String> names = new TreeSet<>();
    BRACKETS
        .matcher(notice)
        .results()
        .map(list -> List.of(list.group(1).split(",\\s*")))
        .forEach(names::addAll);
    return names;
  }

  private static String read(JarFile war, String name) throws IOException {
    try (InputStream in = war.getInputStream(war.getJarEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
