// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import io.l402.servlet.ConfigNode.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into nodes that know their line and their text as written.
 *
 * <p>It goes by the events of the parser, so that nothing is made of a value but text and no
 * recursion is deeper than {@value #MAX_DEPTH}. One document of mappings, lists and plain values;
 * anchors, aliases, tags, duplicate keys and keys that are no text are refused.
 */
final class YamlReader {
  /** The largest document, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** The deepest nesting. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_NODES = 100_000;

  private final Iterator<Event> events;
  private int nodes;

  private YamlReader(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(MAX_BYTES).setParseComments(false).build();
    events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a document; an empty one is an empty mapping.
   *
   * @throws L402ConfigException naming the line of the first fault
   */
  static Mapping read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw refusal("larger than " + MAX_BYTES + " bytes");
    }
    try {
      return new YamlReader(decode(bytes)).document();
    } catch (MarkedYamlEngineException e) {
      String problem = e.getProblem() == null ? "not YAML" : Problems.quote(e.getProblem());
      throw refusal(e.getProblemMark().map(YamlReader::line).orElse("the file") + ": " + problem);
    } catch (YamlEngineException | NoSuchElementException | IndexOutOfBoundsException e) {
      throw refusal("the file: not YAML");
    }
  }

  private static String decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refusal("the file: not UTF-8");
    }
  }

  private Mapping document() {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Mapping.empty("the file");
    }
    ConfigNode root = node(events.next(), 0);
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw refusal(line(end) + ": expected the end, found another document");
    }
    return asMapping(root);
  }

  private static Mapping asMapping(ConfigNode root) {
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    if (root instanceof Scalar scalar && scalar.isNull()) {
      return Mapping.empty(scalar.where());
    }
    throw refusal(root.where() + ": expected keys and values");
  }

  private ConfigNode node(Event event, int depth) {
    check(event, depth);
    if (event instanceof ScalarEvent scalar) {
      return new Scalar(scalar.getValue(), !scalar.isPlain(), line(scalar));
    }
    return event.getEventId() == Event.ID.MappingStart
        ? mapping(event, depth)
        : sequence(event, depth);
  }

  private void check(Event event, int depth) {
    if (event instanceof AliasEvent) {
      throw refusal(line(event) + ": aliases are not allowed");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refusal(line(event) + ": anchors are not allowed");
    }
    if (isTagged(event)) {
      throw refusal(line(event) + ": tags are not allowed; quote a value that begins with !");
    }
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw refusal(line(event) + ": too deep or too much");
    }
  }

  private static boolean isTagged(Event event) {
    return event instanceof ScalarEvent scalar
        ? scalar.getTag().isPresent()
        : event instanceof CollectionStartEvent start && start.getTag().isPresent();
  }

  private Sequence sequence(Event start, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return new Sequence(items, line(start));
  }

  private Mapping mapping(Event start, int depth) {
    Map<String, ConfigNode> members = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(node(event, depth + 1) instanceof Scalar key) || key.isNull()) {
        throw refusal(line(event) + ": expected a key");
      }
      ConfigNode value = at(key.where(), node(events.next(), depth + 1));
      if (members.put(key.text(), value) != null) {
        throw refusal(key.where() + ": " + Problems.quote(key.text()) + ": stands here twice");
      }
      event = events.next();
    }
    return new Mapping(members, line(start));
  }

  private static ConfigNode at(String where, ConfigNode node) {
    if (node instanceof Scalar scalar) {
      return new Scalar(scalar.text(), scalar.quoted(), where);
    }
    return node instanceof Mapping mapping
        ? new Mapping(mapping.members(), where)
        : new Sequence(((Sequence) node).items(), where);
  }

  private static String line(Event event) {
    return event.getStartMark().map(YamlReader::line).orElse("the file");
  }

  private static String line(Mark mark) {
    return "line " + (mark.getLine() + 1);
  }

  private static L402ConfigException refusal(String what) {
    return new L402ConfigException("the L402 configuration is refused:\n  " + what);
  }
}
