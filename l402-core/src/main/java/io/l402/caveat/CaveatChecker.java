// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.L402ConfigException;
import io.l402.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Judges all caveats of a token for one request.
 *
 * <p>Every caveat of a known condition must hold, and each later one must be as narrow as the one
 * before it. Caveats of unknown conditions are skipped, as the L402 specification requires, unless
 * they begin with {@code l402_} or with the name of the service asked for: whoever added those
 * meant us, and must not be led to believe in a restriction that nobody enforces.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CaveatChecker {
  private final Map<String, CaveatSatisfier> satisfiers;
  private final Set<String> serviceNames;
  private final boolean strict;
  private final Consumer<RuntimeException> failures;

  private CaveatChecker(Builder builder) {
    satisfiers = Map.copyOf(builder.satisfiers);
    serviceNames = Set.copyOf(builder.serviceNames);
    strict = builder.strict;
    failures = builder.failures;
  }

  /** Begins a checker with the built-in conditions only. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Judges the caveats of one macaroon whose HMAC chain verified.
   *
   * @param ids the bytes of its first-party caveats, in order
   * @param context the request
   */
  public Clearance check(List<byte[]> ids, CaveatContext context) {
    return new CaveatCheck(this, context, ids).run();
  }

  /** The satisfier of a condition; null if the condition is unknown. */
  CaveatSatisfier satisfier(String condition, List<String> acceptedNames) {
    for (String name : acceptedNames) {
      CaveatSatisfier own = ofService(condition, name);
      if (own != null) {
        return own;
      }
    }
    return satisfiers.get(condition);
  }

  private static CaveatSatisfier ofService(String condition, String name) {
    if (!condition.startsWith(name)) {
      return null;
    }
    if (isNameAnd(name, BuiltinCaveats.CAPABILITIES_SUFFIX, condition)) {
      return new BuiltinCaveats.Capabilities(condition);
    }
    return isNameAnd(name, BuiltinCaveats.VALID_UNTIL_SUFFIX, condition)
        ? new BuiltinCaveats.ValidUntil(condition)
        : null;
  }

  private static boolean isNameAnd(String name, String suffix, String condition) {
    return condition.length() == name.length() + suffix.length() && condition.endsWith(suffix);
  }

  Set<String> conditions() {
    return satisfiers.keySet();
  }

  Set<String> serviceNames() {
    return serviceNames;
  }

  boolean strict() {
    return strict;
  }

  /** A satisfier that throws refuses, and somebody hears of it. */
  CaveatResult guard(Supplier<CaveatResult> judgement) {
    try {
      CaveatResult result = judgement.get();
      return result instanceof CaveatResult.Satisfied || result instanceof CaveatResult.Refused
          ? result
          : CaveatResult.refused();
    } catch (RuntimeException e) {
      failures.accept(e);
    } catch (StackOverflowError e) {
      // Regular expressions recurse, and the value is the holder's.
      failures.accept(new IllegalStateException("a caveat satisfier recursed too deeply"));
    }
    return CaveatResult.refused();
  }

  /** Collects a checker. */
  public static final class Builder {
    private final Map<String, CaveatSatisfier> satisfiers = new HashMap<>();
    private final List<String> constraints = new ArrayList<>();
    private Collection<String> serviceNames = List.of();
    private boolean strict;
    private Consumer<RuntimeException> failures = failure -> {};

    private Builder() {}

    /**
     * Judges one more condition.
     *
     * @throws L402ConfigException if it is built in, reserved or taken
     */
    public Builder satisfier(CaveatSatisfier satisfier) {
      String condition = Objects.requireNonNull(satisfier.condition(), "condition");
      if (isReserved(condition) || satisfiers.putIfAbsent(condition, satisfier) != null) {
        throw new L402ConfigException(
            "satisfier: the condition " + condition + " is built in, reserved or taken");
      }
      return this;
    }

    /** The names of all services there are, to tell whose an unknown condition is. */
    public Builder serviceNames(Collection<String> names) {
      this.serviceNames = List.copyOf(names);
      return this;
    }

    /**
     * Conditions that tokens are sold with and that the application judges. Here repeats are
     * checked: integers may only fall, other values must stay. A registered satisfier judges its
     * own condition instead.
     *
     * @throws L402ConfigException if one is built in or reserved
     */
    public Builder constraints(Collection<String> conditions) {
      for (String condition : conditions) {
        if (isReserved(condition)) {
          throw new L402ConfigException(
              "constraints: the condition " + condition + " is built in or reserved");
        }
      }
      constraints.addAll(conditions);
      return this;
    }

    /** Refuses tokens with any caveat of an unknown condition. */
    public Builder strict(boolean strict) {
      this.strict = strict;
      return this;
    }

    /** Hears what satisfiers throw. */
    public Builder failures(Consumer<RuntimeException> failures) {
      this.failures = Objects.requireNonNull(failures, "failures");
      return this;
    }

    /** Makes the checker. */
    public CaveatChecker build() {
      refuseCollisions();
      constraints.forEach(c -> satisfiers.putIfAbsent(c, new BuiltinCaveats.Constraint(c)));
      BuiltinCaveats.common().forEach(s -> satisfiers.put(s.condition(), s));
      return new CaveatChecker(this);
    }

    /** Two meanings for one condition would let one service's caveat be read as another's. */
    private void refuseCollisions() {
      Map<String, String> owners = new HashMap<>();
      satisfiers.keySet().forEach(c -> owners.put(c, "a satisfier"));
      constraints.forEach(c -> owners.put(c, "a constraint"));
      for (String name : serviceNames) {
        if (isReserved(name) || !Service.isValidName(name)) {
          throw new L402ConfigException("service " + name + ": the name is reserved or not valid");
        }
        claim(owners, name, BuiltinCaveats.CAPABILITIES_SUFFIX);
        claim(owners, name, BuiltinCaveats.VALID_UNTIL_SUFFIX);
      }
    }

    private static void claim(Map<String, String> owners, String name, String suffix) {
      String other = owners.putIfAbsent(name + suffix, "service " + name);
      if (other != null && !other.equals("service " + name)) {
        throw new L402ConfigException(
            "service " + name + ": its condition " + name + suffix + " is also that of " + other);
      }
    }

    private static boolean isReserved(String condition) {
      return condition.equals(ServicesCaveat.CONDITION)
          || condition.equals(BuiltinCaveats.PREIMAGE)
          || condition.startsWith(BuiltinCaveats.RESERVED_PREFIX)
          || condition.isEmpty();
    }
  }
}
