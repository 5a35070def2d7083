// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder laid out as lnd's. */
final class LndFolder {
  private final Path root;

  LndFolder() {
    try {
      root = Files.createTempDirectory("fake-lnd");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path tlsCert() {
    return root.resolve("tls.cert");
  }

  Path macaroons(String network) {
    return root.resolve("data/chain/bitcoin").resolve(network);
  }

  void delete() {
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
