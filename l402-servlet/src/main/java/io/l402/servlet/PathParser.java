// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Splits, decodes and resolves one raw path. The order matters: split at {@code /}, cut at {@code
 * ;}, decode once, resolve dots.
 *
 * <p>Segments come as a list whose last element is empty if the path ends in a slash. Every method
 * throws {@link PathRefusedException}, and nothing else, on what it does not take.
 */
final class PathParser {
  private final byte[] raw;
  private final PathLeniency leniency;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder(); // strict: reports
  private final List<String> segments = new ArrayList<>();
  private int seen;

  private PathParser(byte[] raw, PathLeniency leniency) {
    this.raw = raw;
    this.leniency = leniency;
  }

  /** The decoded segments of a raw path, dot segments resolved. */
  static List<String> parse(String path, PathLeniency leniency) {
    require(path.startsWith("/"), PathFault.RELATIVE);
    require(path.length() <= RequestPath.MAX_BYTES, PathFault.LENGTH);
    byte[] raw = utf8(path);
    require(raw.length <= RequestPath.MAX_BYTES, PathFault.LENGTH);
    return new PathParser(raw, leniency).parse();
  }

  /** Whether a raw path has nothing to decode, to resolve, to leave out, or to refuse. */
  static boolean isCanonical(String path) {
    int count = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        count++;
        if (path.startsWith("/", i + 1) || path.startsWith(".", i + 1)) {
          return false; // no segment, or perhaps a dot segment
        }
      } else if (count == 0 || c > 0x7f || !isPlain((byte) c)) {
        return false;
      }
    }
    return count > 0 && count <= RequestPath.MAX_SEGMENTS && path.length() <= RequestPath.MAX_BYTES;
  }

  /** What of a path lies below a context path; the root of the context if nothing does. */
  static List<String> below(List<String> path, List<String> context) {
    int depth = context.size() - (context.get(context.size() - 1).isEmpty() ? 1 : 0);
    boolean inside =
        path.size() >= depth && path.subList(0, depth).equals(context.subList(0, depth));
    require(inside, PathFault.CONTEXT);
    List<String> rest = path.subList(depth, path.size());
    return rest.isEmpty() ? List.of("") : rest;
  }

  /** The container's view, cleaned up as far as the leniency allows and no further. */
  static String containerView(String path, PathLeniency leniency) {
    require(path.length() <= RequestPath.MAX_BYTES, PathFault.LENGTH);
    require(path.indexOf('\ufffd') < 0, PathFault.REPLACEMENT);
    String view = path;
    if (path.contains("//")) {
      require(leniency.mergeSlashes(), PathFault.EMPTY_SEGMENT);
      view = path.replaceAll("//+", "/");
    }
    String closed = view + "/";
    require(!closed.contains("/./") && !closed.contains("/../"), PathFault.SURVIVING_DOT);
    return view.isEmpty() ? "/" : view;
  }

  private List<String> parse() {
    int start = 1;
    for (int i = 1; i <= raw.length; i++) {
      boolean last = i == raw.length;
      if (last || raw[i] == '/') {
        require(++seen <= RequestPath.MAX_SEGMENTS, PathFault.SEGMENTS);
        append(segment(start, i), last);
        start = i + 1;
      }
    }
    return segments;
  }

  private void append(String segment, boolean last) {
    boolean up = segment.equals("..");
    boolean empty = segment.isEmpty();
    require(!empty || last || leniency.mergeSlashes(), PathFault.EMPTY_SEGMENT);
    if (up) {
      require(!segments.isEmpty(), PathFault.ABOVE_ROOT);
      segments.remove(segments.size() - 1);
    }
    if (!empty && !isDots(segment)) {
      segments.add(segment);
    } else if (last) {
      segments.add(""); // "/a/.." and "/a/." end where "/a/" does: in a slash
    }
  }

  /** The segment's name, decoded, without parameters. */
  private String segment(int from, int to) {
    int cut = indexOf((byte) ';', from, to);
    String name = decode(from, cut);
    if (cut < to) {
      require(!name.isEmpty() && !isDots(name), PathFault.EMPTY_PARAMETER);
      require(leniency.allowPathParameters(), PathFault.PARAMETER);
      decode(cut, to); // left out of the path, but held to the same rules
    }
    require(!isDots(name) || name.length() == cut - from, PathFault.ENCODED_DOT);
    return name;
  }

  /** Whether a byte stands for itself in a path, encoded or not, and nobody reads it otherwise. */
  static boolean isPlain(byte b) {
    boolean alphanumeric = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    return alphanumeric || b > 0 && "-._~!$&'()*+,=:@".indexOf(b) >= 0;
  }

  private String decode(int from, int to) {
    int plain = from;
    while (plain < to && isPlain(raw[plain])) {
      plain++;
    }
    return plain == to
        ? new String(raw, from, to - from, StandardCharsets.US_ASCII)
        : checked(text(unescape(from, to)));
  }

  private ByteBuffer unescape(int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    for (int i = from; i < to; i++) {
      require(raw[i] != '?' && raw[i] != '#', PathFault.DELIMITER);
      if (raw[i] == '%') {
        require(i + 2 < to, PathFault.ENCODING);
        bytes.put((byte) (hex(raw[i + 1]) << 4 | hex(raw[i + 2])));
        i += 2;
      } else {
        bytes.put(raw[i]);
      }
    }
    return bytes.flip();
  }

  private String text(ByteBuffer bytes) {
    try {
      return utf8.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new PathRefusedException(PathFault.ENCODING);
    }
  }

  /** A slash, a percent sign or (but in parameters) a semicolon that is still here was encoded. */
  private String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      require(!Character.isISOControl(c), PathFault.CONTROL);
      require(c != '\u2028' && c != '\u2029', PathFault.SEPARATOR);
      require(c != '\ufffd', PathFault.REPLACEMENT);
      require(c != '/', PathFault.ENCODED_SLASH);
      require(c != '\\', PathFault.BACKSLASH);
      require(c != '%' || leniency.allowEncodedPercent(), PathFault.ENCODED_PERCENT);
      require(c != ';' || leniency.allowPathParameters(), PathFault.PARAMETER);
    }
    return text;
  }

  private int indexOf(byte wanted, int from, int to) {
    int i = from;
    while (i < to && raw[i] != wanted) {
      i++;
    }
    return i;
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static int hex(byte digit) {
    require(HexFormat.isHexDigit(digit), PathFault.ENCODING);
    return HexFormat.fromHexDigit(digit);
  }

  private static byte[] utf8(String path) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(path));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new PathRefusedException(PathFault.ENCODING); // half a surrogate pair
    }
  }

  private static void require(boolean holds, PathFault fault) {
    if (!holds) {
      throw new PathRefusedException(fault);
    }
  }
}
