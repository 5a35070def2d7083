// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that may refer to a secret: <code>${NAME}</code> to the environment, {@code !file+hex:}
 * and {@code !file+base64:} to a file. Messages never repeat a value.
 */
final class HeaderValues {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,16384}");
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "keep-alive");
  private static final int MAX_FILE = 8_192;

  private final Map<String, String> environment;

  HeaderValues(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The value of a header field with what it refers to.
   *
   * @throws IllegalArgumentException if something is missing, or if it would not do as a field
   */
  String field(String name, String text) {
    if (!FIELD_NAME.matcher(name).matches()
        || FRAMING.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException("not the name of a header field that can be set");
    }
    String value = expand(text);
    String read = value.startsWith("!file") ? file(value) : value;
    if (!FIELD_VALUE.matcher(read).matches()) {
      throw new IllegalArgumentException("expected printable ASCII on one line");
    }
    return read;
  }

  /**
   * A text with its references to the environment replaced.
   *
   * @throws IllegalArgumentException if one of them is not set, or empty
   */
  String expand(String text) {
    Matcher reference = REFERENCE.matcher(text);
    return reference.replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1))));
  }

  private String variable(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "the environment variable " + Problems.quote(name) + " is not set");
    }
    return value;
  }

  private static String file(String value) {
    int colon = value.indexOf(':');
    String kind = colon < 0 ? value : value.substring(0, colon);
    return switch (kind) {
      case "!file+hex" -> HexFormat.of().formatHex(read(value.substring(colon + 1)));
      case "!file+base64" -> Base64.getEncoder().encodeToString(read(value.substring(colon + 1)));
      default ->
          throw new IllegalArgumentException("expected !file+hex:<path> or !file+base64:<path>");
    };
  }

  private static byte[] read(String name) {
    Path file = Values.path(name);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw new IllegalArgumentException("the file is larger than " + MAX_FILE + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalArgumentException("the file cannot be read: " + Problems.quote(name));
    }
  }
}
