// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import io.l402.lnd.fake.FakeLnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * The node: a fake lnd in a process of its own. It says its address and files, then takes {@code
 * pay} with an invoice, {@code silence} and {@code restore}.
 */
final class NodeProcess {
  private static final String[] RIGHTS = {"invoices:read", "invoices:write"};

  private NodeProcess() {}

  /** Runs until there is nothing more to read. */
  public static void main(String[] args) throws IOException {
    try (FakeLnd lnd = FakeLnd.create();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      System.out.println(lnd.host());
      System.out.println(lnd.tlsCert());
      System.out.println(lnd.bake(lnd.macDir().resolve("l402.macaroon"), RIGHTS));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(obey(lnd, line));
      }
    }
    System.exit(0);
  }

  private static String obey(FakeLnd lnd, String line) {
    if (line.startsWith("pay ")) {
      return lnd.pay(line.substring("pay ".length())).toHex();
    }
    if (line.equals("silence")) {
      lnd.wire().blackHole();
    } else {
      lnd.wire().restore();
    }
    return line;
  }
}
