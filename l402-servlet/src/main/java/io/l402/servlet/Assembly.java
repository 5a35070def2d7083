// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.Pricer;
import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the layers of a configuration over one another, and reads what comes of it. */
final class Assembly {
  private static final String CONFIG = "config";
  private static final String SERVICES = "services";
  private static final String DEFAULT_NAME = "default";

  private final Problems problems = new Problems();
  private final L402ConfigBuilder given;
  private final HeaderValues values;
  private final List<Mapping> services = new ArrayList<>();
  private final Set<String> globalKeys = ConfigKeys.inside(ConfigKeys.GLOBAL, "");
  private final Set<String> serviceKeys = ConfigKeys.inside(ConfigKeys.SERVICE, "");
  private boolean hasFile;
  private boolean hasServicesFromFile;

  Assembly(L402ConfigBuilder given) {
    this.given = given;
    values = new HeaderValues(given.environment);
  }

  /** Reads everything, and refuses it as a whole if anything is wrong. */
  L402Config assemble() {
    Mapping merged = merge();
    Section section = new Section(merged, "", ConfigKeys.GLOBAL, "", problems);
    ConfigReader global = new ConfigReader(section);
    global.checkKeys();
    List<ServiceRule> rules = new ServicesReader(problems, values, pricers()).read(services);
    ConfigParts parts = parts(rules, global, new BackendReader(section, values, given));
    problems.throwIfAny();
    return new L402Config(parts);
  }

  private ConfigParts parts(List<ServiceRule> rules, ConfigReader global, BackendReader backends) {
    boolean needed = rules.stream().anyMatch(ServiceRule::isPaid);
    ChallengeSettings challenges = global.challenges();
    BackendChoice backend = backends.backend(needed, challenges);
    return new ConfigParts(
        rules,
        global.hosts(),
        global.unmatched(hasServicesFromFile ? Unmatched.NOT_FOUND : Unmatched.PASS),
        backend,
        backends.keys(needed, backend.simulated()),
        challenges,
        global.edge(),
        global.strictVerify(),
        global.strictCaveats(),
        global.freebieWindow(),
        given.extensions(),
        problems.warnings());
  }

  private Mapping merge() {
    Mapping parameters = Layers.initParameters(given.initParameters, problems);
    Mapping file = file(parameters);
    parameters = takeService(parameters);
    given.services.forEach(service -> services.add(Layers.code(service.members(), problems)));
    Mapping code = refuseServices(Layers.code(given.code, problems));
    Mapping environment = Layers.environment(given.environment, problems);
    return Mapping.empty("the configuration")
        .orElse(Layers.lifted(code, problems))
        .orElse(Layers.lifted(refuseServices(parameters), problems))
        .orElse(environment)
        .orElse(Layers.lifted(file, problems));
  }

  private Mapping file(Mapping parameters) {
    Path path = given.file;
    if (path == null && parameters.members().get(CONFIG) instanceof Scalar scalar) {
      path = Values.path(scalar.text());
    }
    if (path == null && given.document == null) {
      return Mapping.empty("the file");
    }
    hasFile = true;
    Mapping file = path == null ? YamlReader.read(given.document) : Layers.file(path, problems);
    ConfigNode list = file.members().get(SERVICES);
    if (list != null) {
      hasServicesFromFile = true;
      services.addAll(Layers.sections(list, SERVICES, problems));
    }
    return without(file, Set.of(SERVICES));
  }

  /** Splits off the one service that init-params describe. */
  private Mapping takeService(Mapping parameters) {
    Map<String, ConfigNode> service = new LinkedHashMap<>();
    parameters.members().forEach((key, node) -> takeKey(key, node, service));
    boolean alone = services.isEmpty() && given.services.isEmpty() && !hasFile;
    if (!service.isEmpty() && !services.isEmpty()) {
      service.forEach(
          (key, node) ->
              problems.fault(node.where(), "the services are in the file; say it there"));
    } else if (!service.isEmpty() || alone && !parameters.members().isEmpty()) {
      service.putIfAbsent("name", new Scalar(DEFAULT_NAME, true, parameters.where()));
      services.add(new Mapping(service, parameters.where()));
    }
    service.put(CONFIG, Mapping.empty(""));
    return without(parameters, service.keySet());
  }

  private void takeKey(String key, ConfigNode node, Map<String, ConfigNode> service) {
    if (globalKeys.contains(key) || ConfigKeys.CONTAINER.contains(key) || key.equals(CONFIG)) {
      return;
    }
    boolean near =
        NearestKey.of(key, ConfigKeys.inside(ConfigKeys.SERVICE, ""))
            .filter(guess -> NearestKey.of(key, globalKeys).isEmpty())
            .isPresent();
    if (serviceKeys.contains(key) || near) {
      service.put(key, node);
    }
  }

  private Mapping refuseServices(Mapping layer) {
    ConfigNode list = layer.members().get(SERVICES);
    if (list != null) {
      problems.fault(list.where(), SERVICES + ": only a file can list them");
    }
    return without(layer, Set.of(SERVICES));
  }

  private static Mapping without(Mapping mapping, Set<String> keys) {
    Map<String, ConfigNode> rest = new LinkedHashMap<>(mapping.members());
    rest.keySet().removeAll(keys);
    return new Mapping(rest, mapping.where());
  }

  private Map<String, Pricer> pricers() {
    Map<String, Pricer> pricers = new LinkedHashMap<>(given.pricers);
    for (ServiceBuilder service : given.services) {
      service.pricer().ifPresent(pricer -> pricers.put(service.name(), pricer));
    }
    return pricers;
  }
}
