// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.Pricer;
import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the services, and checks what no service can check alone. */
final class ServicesReader {
  private static final Set<String> BUILT_IN = Set.of("services", "preimage");
  private static final String RESERVED = "l402_";

  private final Problems problems;
  private final HeaderValues values;
  private final Map<String, Pricer> pricers;
  private final Map<String, Section> sections = new HashMap<>();
  private final List<ServiceRule> rules = new ArrayList<>();

  ServicesReader(Problems problems, HeaderValues values, Map<String, Pricer> pricers) {
    this.problems = problems;
    this.values = values;
    this.pricers = new HashMap<>(pricers);
  }

  /** The services that can be made of these; what is wrong with the others is collected. */
  List<ServiceRule> read(List<Mapping> services) {
    services.forEach(this::readOne);
    pricers.keySet().forEach(this::unusedPricer);
    if (services.isEmpty()) {
      problems.fault("the configuration", "services: there are none");
    }
    checkNames();
    return rules;
  }

  private void readOne(Mapping node) {
    String name = node.members().get("name") instanceof Scalar scalar ? scalar.text() : "";
    String label = "service " + (name.isEmpty() ? "without a name" : Problems.quote(name)) + ": ";
    Section section = new Section(node, label, ConfigKeys.SERVICE, "", problems);
    Optional<Pricer> pricer = Optional.ofNullable(pricers.remove(name));
    if (sections.put(name, section) != null && !name.isEmpty()) {
      section.fault("name", "there is another service of this name");
    }
    new ServiceReader(section, values, pricer).read().ifPresent(rules::add);
  }

  private void unusedPricer(String service) {
    problems.fault("code", "pricer: there is no service " + Problems.quote(service));
  }

  /** No caveat may mean two things: see "Caveats" in the description of the wire format. */
  private void checkNames() {
    Set<String> derived = new HashSet<>(BUILT_IN);
    for (ServiceRule rule : rules) {
      derived.add(rule.name() + "_capabilities");
      derived.add(rule.name() + "_valid_until");
    }
    for (ServiceRule rule : rules) {
      Section section = sections.get(rule.name());
      if (BUILT_IN.contains(rule.name()) || (rule.name() + "_").startsWith(RESERVED)) {
        section.fault("name", "this name is reserved");
      }
      for (String condition : rule.policy().constraints().keySet()) {
        checkConstraint(section, condition, derived);
      }
    }
  }

  private static void checkConstraint(Section section, String condition, Set<String> derived) {
    if (derived.contains(condition) || condition.startsWith(RESERVED)) {
      section.fault("constraints", condition + " is reserved, or the library's own condition");
    }
  }
}
