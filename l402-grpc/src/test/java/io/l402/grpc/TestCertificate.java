// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate and its key in PEM, made by the JDK's keytool. */
record TestCertificate(Path certificate, Path key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** For a host, in files of this folder. */
  static TestCertificate create(Path folder, String host) throws Exception {
    Path store = folder.resolve(host + ".p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-alias",
        "a",
        "-dname",
        "CN=" + host,
        "-ext",
        "SAN=dns:" + host,
        "-storetype",
        "PKCS12",
        "-storepass",
        new String(PASSWORD),
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new TestCertificate(
        pem(folder.resolve(host + ".cert"), "CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem(folder.resolve(host + ".key"), "PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded()));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
