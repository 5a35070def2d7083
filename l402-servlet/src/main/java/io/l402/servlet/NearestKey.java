// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Collection;
import java.util.Optional;

/** Guesses which key was meant by one that does not exist. */
final class NearestKey {
  private static final int MAX_LENGTH = 64;

  private NearestKey() {}

  /** The key with the fewest changes to it, if those are few for its length. */
  static Optional<String> of(String written, Collection<String> keys) {
    String best = null;
    int fewest = Math.max(1, Math.min(4, written.length() / 3)) + 1;
    if (written.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (String key : keys) {
      int changes = distance(written, key);
      if (changes < fewest) {
        fewest = changes;
        best = key;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters must be put in, taken out, changed or swapped with the next. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    least = Math.min(least, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
