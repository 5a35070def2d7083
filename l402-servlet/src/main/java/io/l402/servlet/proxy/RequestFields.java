// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Forwarding;
import io.l402.servlet.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the header fields that the upstream gets of those that the client sent. What is ours to say
 * is said last, so that nothing of the client's can take it away or stand beside it.
 */
final class RequestFields {
  private static final String FORWARDED_HOST = "x-forwarded-host";
  private static final String FORWARDED_PROTO = "x-forwarded-proto";
  private static final String MAX_FORWARDS = "max-forwards";

  private final Inbound inbound;
  private final Forwarding forwarding;
  private final Upstream upstream;
  private final HopByHop hops;
  private final Set<String> configured = new HashSet<>();
  private final List<Field> fields = new ArrayList<>();

  private RequestFields(Inbound inbound, Forwarding forwarding, Upstream upstream) {
    this.inbound = inbound;
    this.forwarding = forwarding;
    this.upstream = upstream;
    hops = new HopByHop(inbound.fields());
    upstream.headers().keySet().forEach(name -> configured.add(Field.key(name)));
  }

  /** The fields for the upstream. */
  static List<Field> of(Inbound inbound, Forwarding forwarding, Upstream upstream, Via via) {
    return new RequestFields(inbound, forwarding, upstream).make(via);
  }

  private List<Field> make(Via via) {
    for (Field field : inbound.fields()) {
      if (isPassed(field)) {
        change(field).ifPresent(fields::add);
      }
    }
    if (inbound.acceptsTrailers()) {
      fields.add(new Field("TE", "trailers"));
      fields.add(new Field("Connection", "TE")); // HTTP/2 has none, and there it is left out
    }
    fields.add(via.field(inbound.protocol()));
    addForwarded();
    fields.addAll(Credentials.claims(forwarding.token(), upstream.forwardCredential()));
    fields.removeIf(it -> configured.contains(it.key()));
    upstream.headers().forEach((name, value) -> fields.add(new Field(name, value)));
    return fields;
  }

  private boolean isPassed(Field field) {
    return !hops.contains(field)
        && !isRewritten(field.key())
        && !Credentials.isWithheld(field, upstream.forwardCredential());
  }

  private static boolean isRewritten(String key) {
    return key.equals("host")
        || key.equals("forwarded")
        || key.equals("x-real-ip")
        || key.startsWith("x-forwarded-");
  }

  private Optional<Field> change(Field field) {
    if (field.is("cookie")) {
      return Cookies.without(inbound.sessionCookie(), field.value())
          .map(value -> new Field(field.name(), value));
    }
    if (field.is(MAX_FORWARDS) && inbound.countsForwards()) {
      return Optional.of(new Field(field.name(), lessOne(field.value())));
    }
    return Optional.of(field);
  }

  private static String lessOne(String count) {
    return count.matches("0*[1-9][0-9]{0,8}")
        ? Integer.toString(Integer.parseInt(count) - 1)
        : count;
  }

  private void addForwarded() {
    fields.add(new Field("X-Forwarded-For", forwarding.forwardedFor()));
    fields.add(new Field("X-Forwarded-Proto", told(FORWARDED_PROTO).orElse(inbound.scheme())));
    told(FORWARDED_HOST)
        .or(inbound::host)
        .ifPresent(host -> fields.add(new Field("X-Forwarded-Host", host)));
  }

  /** What a trusted proxy says, if it says it once. */
  private Optional<String> told(String name) {
    List<Field> said = inbound.fields().stream().filter(it -> it.is(name)).toList();
    boolean believed = forwarding.isPeerTrusted() && said.size() == 1;
    return believed
        ? Optional.of(said.get(0).value())
            .filter(text -> text.matches("[A-Za-z0-9._:\\[\\]-]{1,255}"))
        : Optional.empty();
  }
}
