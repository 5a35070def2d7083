// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public types of the exported packages are those of a list that is checked in: the API does
 * not grow by accident, and does not shrink either.
 */
class PublicApiTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @Test
  void isWhatTheListSays() throws Exception {
    assertEquals(String.join("\n", listed()), String.join("\n", found()));
  }

  private static List<String> listed() throws IOException {
    try (InputStream in = PublicApiTest.class.getResourceAsStream("public-api.txt")) {
      assertNotNull(in, "public-api.txt");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> found() throws Exception {
    TreeSet<String> types = new TreeSet<>();
    for (String exported : exports()) {
      for (String name : typesOf(exported)) {
        Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
        if (Modifier.isPublic(type.getModifiers())) {
          types.add(name);
        }
      }
    }
    return List.copyOf(types);
  }

  private static List<String> exports() throws IOException {
    try (InputStream in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(exported -> !exported.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .toList();
    }
  }

  private static List<String> typesOf(String exported) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(CLASSES.resolve(exported.replace('.', '/')))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
          .forEach(name -> names.add(exported + "." + name.substring(0, name.length() - 6)));
    }
    return names;
  }
}
