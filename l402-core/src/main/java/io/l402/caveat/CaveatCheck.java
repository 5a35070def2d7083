// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One judgement of one macaroon's caveats. Not shared between threads. */
final class CaveatCheck {
  private final CaveatChecker checker;
  private final CaveatContext context;
  private final List<String> names;
  private final List<byte[]> ids;
  private final List<Caveat> readable;
  private final List<Caveat> known;
  private final List<CaveatSatisfier> judges;

  CaveatCheck(CaveatChecker checker, CaveatContext context, List<byte[]> ids) {
    this.ids = ids;
    this.readable = new ArrayList<>(ids.size());
    this.known = new ArrayList<>(ids.size());
    this.judges = new ArrayList<>(ids.size());
    this.checker = checker;
    this.context = context;
    this.names = ServiceNames.accepted(context);
  }

  /** Widening is refused before anything else: it says that somebody tampered. */
  Clearance run() {
    for (byte[] id : ids) {
      if (!sort(id)) {
        return Clearance.refused(RejectionReason.CAVEAT);
      }
    }
    Optional<RejectionReason> refusal = refuseUnknown().or(this::refuseUnsatisfied);
    if (refusal.isPresent()) {
      return Clearance.refused(refusal.get());
    }
    return finish();
  }

  /** Sorts a caveat into known and unknown; false if it must be refused right away. */
  private boolean sort(byte[] id) {
    Optional<Caveat> read = Caveat.of(id);
    if (read.isEmpty()) {
      return !checker.strict() && !beginsLikeKnown(new String(id, StandardCharsets.ISO_8859_1));
    }
    Caveat caveat = read.get();
    readable.add(caveat);
    CaveatSatisfier judge = checker.satisfier(caveat.condition(), names);
    if (judge == null) {
      return true;
    }
    Caveat previous = latest(caveat.condition());
    known.add(caveat);
    judges.add(judge);
    return previous == null || holds(checker.guard(() -> judge.satisfyPrevious(previous, caveat)));
  }

  /** The last known caveat of a condition; null if there is none yet. */
  private Caveat latest(String condition) {
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).condition().equals(condition)) {
        return known.get(i);
      }
    }
    return null;
  }

  private static boolean holds(CaveatResult result) {
    return result instanceof CaveatResult.Satisfied;
  }

  private boolean beginsLikeKnown(String text) {
    for (String name : names) {
      if (text.startsWith(name + "_")) {
        return true;
      }
    }
    for (String condition : checker.conditions()) {
      if (text.startsWith(condition)) {
        return true;
      }
    }
    return text.startsWith(BuiltinCaveats.RESERVED_PREFIX);
  }

  private Optional<RejectionReason> refuseUnknown() {
    if (known.size() == readable.size()) {
      return Optional.empty();
    }
    for (Caveat caveat : readable) {
      String condition = caveat.condition();
      if (latest(condition) == null && (checker.strict() || isMeantForUs(condition))) {
        return Optional.of(RejectionReason.CAVEAT);
      }
    }
    return Optional.empty();
  }

  private boolean isMeantForUs(String condition) {
    return condition.startsWith(BuiltinCaveats.RESERVED_PREFIX) || names.contains(owner(condition));
  }

  /** The longest service name that the condition begins with, among those there are. */
  private String owner(String condition) {
    String owner = "";
    for (String name : allServiceNames()) {
      if (name.length() > owner.length() && condition.startsWith(name + "_")) {
        owner = name;
      }
    }
    return owner;
  }

  private Set<String> allServiceNames() {
    Set<String> all = new HashSet<>(checker.serviceNames());
    all.addAll(names);
    for (Caveat caveat : known) {
      if (caveat.condition().equals(ServicesCaveat.CONDITION)) {
        ServicesCaveat.parse(caveat.value()).ifPresent(list -> all.addAll(list.names()));
      }
    }
    return all;
  }

  private Optional<RejectionReason> refuseUnsatisfied() {
    for (int i = 0; i < known.size(); i++) {
      Caveat caveat = known.get(i);
      CaveatSatisfier judge = judges.get(i);
      CaveatResult result = checker.guard(() -> judge.satisfyFinal(caveat, context));
      if (result instanceof CaveatResult.Refused refused) {
        return Optional.of(refused.reason());
      }
    }
    return Optional.empty();
  }

  private Clearance finish() {
    Caveat services = latest(ServicesCaveat.CONDITION);
    Optional<ServicesCaveat> list =
        services == null ? Optional.empty() : ServicesCaveat.parse(services.value());
    if (list.isEmpty() || !isBoundToResource(list.get())) {
      return Clearance.refused(RejectionReason.WRONG_SERVICE);
    }
    readable.removeIf(caveat -> caveat.condition().equals(BuiltinCaveats.PREIMAGE));
    return Clearance.cleared(readable, tier(list.get()));
  }

  /** Where prices differ between requests, a token is good for the one it was sold for. */
  private boolean isBoundToResource(ServicesCaveat list) {
    return context.fixedPrice()
        || latest(Resource.CONDITION) != null
        || (ServiceNames.hasApertureForm(context)
            && list.tier(ServiceNames.apertureForm(context)).isPresent());
  }

  private int tier(ServicesCaveat list) {
    int tier = 0;
    for (String name : names) {
      tier = Math.max(tier, list.tier(name).orElse(0));
    }
    return tier;
  }
}
