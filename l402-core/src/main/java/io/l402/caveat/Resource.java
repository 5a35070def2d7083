// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The value of {@code l402_resource}: {@code <METHOD>:<base64url(sha256(canonical path))>}. Nothing
 * that came from a request goes into a caveat unescaped, so the path is hashed.
 */
public final class Resource {
  /** The condition. */
  public static final String CONDITION = "l402_resource";

  private Resource() {}

  /**
   * The value for a request. HEAD counts as GET: it asks for the same thing.
   *
   * @param method the method, in upper case
   * @param path the canonical path
   */
  public static String of(String method, String path) {
    String counted = method.equals("HEAD") ? "GET" : method;
    byte[] hash = sha256().digest(path.getBytes(StandardCharsets.UTF_8));
    return counted + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
