// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.RejectionReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The conditions that the library itself judges, wire.md's section "Caveats". */
final class BuiltinCaveats {
  /** The condition of the amount that a token with a computed price was sold for. */
  static final String AMOUNT = "l402_amount_msat";

  /** What every condition of ours begins with: unknown ones are refused. */
  static final String RESERVED_PREFIX = "l402_";

  static final String PREIMAGE = "preimage";
  static final String CAPABILITIES_SUFFIX = "_capabilities";
  static final String VALID_UNTIL_SUFFIX = "_valid_until";

  private BuiltinCaveats() {}

  /** {@code services}: names the service asked for, at a sufficient tier. */
  record Services() implements CaveatSatisfier {
    @Override
    public String condition() {
      return ServicesCaveat.CONDITION;
    }

    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      Optional<ServicesCaveat> wider = ServicesCaveat.parse(previous.value());
      Optional<ServicesCaveat> narrower = ServicesCaveat.parse(current.value());
      return CaveatResult.satisfiedIf(
          wider.isPresent() && narrower.isPresent() && narrower.get().isWithin(wider.get()));
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      Optional<ServicesCaveat> services = ServicesCaveat.parse(caveat.value());
      if (services.isEmpty()) {
        return CaveatResult.refused();
      }
      for (String name : ServiceNames.accepted(context)) {
        Optional<Integer> tier = services.get().tier(name);
        if (tier.isPresent() && tier.get() >= context.minTier()) {
          return CaveatResult.SATISFIED;
        }
      }
      return CaveatResult.refused(RejectionReason.WRONG_SERVICE);
    }
  }

  /** {@code <name>_capabilities}: a list that only shrinks; an empty one allows none. */
  record Capabilities(String condition) implements CaveatSatisfier {
    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return CaveatResult.satisfiedIf(parse(previous).containsAll(parse(current)));
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      Optional<String> required = context.requiredCapability();
      return CaveatResult.satisfiedIf(required.isEmpty() || lists(caveat.value(), required.get()));
    }

    /** Whether a list holds a name, without taking it apart: this is asked at every request. */
    private static boolean lists(String value, String name) {
      int start = 0;
      while (start + name.length() <= value.length()) {
        int comma = value.indexOf(',', start);
        int end = comma < 0 ? value.length() : comma;
        if (end - start == name.length() && value.startsWith(name, start)) {
          return !value.isEmpty();
        }
        start = end + 1;
      }
      return false;
    }

    private static Set<String> parse(Caveat caveat) {
      return caveat.value().isEmpty()
          ? Set.of()
          : new HashSet<>(Arrays.asList(caveat.value().split(",", -1)));
    }
  }

  /** {@code <name>_valid_until}: unix seconds that only fall; the token ends at that second. */
  record ValidUntil(String condition) implements CaveatSatisfier {
    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return notHigher(previous, current);
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      long until = CaveatNumber.parse(caveat.value());
      if (until < 0) {
        return CaveatResult.refused();
      }
      return context.now().getEpochSecond() < until
          ? CaveatResult.SATISFIED
          : CaveatResult.refused(RejectionReason.EXPIRED);
    }
  }

  /** {@code l402_amount_msat}: what was paid, at least the price now where that is computed. */
  record Amount() implements CaveatSatisfier {
    @Override
    public String condition() {
      return AMOUNT;
    }

    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return notHigher(previous, current);
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      long paid = CaveatNumber.parse(caveat.value());
      long price = context.priceNow().map(p -> p.msat()).orElse(0L);
      return CaveatResult.satisfiedIf(paid >= 0 && paid >= price);
    }
  }

  /** {@code l402_resource}: equals what is asked for. */
  record ResourceBound() implements CaveatSatisfier {
    @Override
    public String condition() {
      return Resource.CONDITION;
    }

    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return CaveatResult.satisfiedIf(previous.value().equals(current.value()));
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      return caveat.value().equals(Resource.of(context.method(), context.path()))
          ? CaveatResult.SATISFIED
          : CaveatResult.refused(RejectionReason.WRONG_SERVICE);
    }
  }

  /** {@code preimage}: carries the proof of payment; the credential's parser has compared it. */
  record PreimageCarrier() implements CaveatSatisfier {
    @Override
    public String condition() {
      return PREIMAGE;
    }

    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return CaveatResult.satisfiedIf(previous.value().equalsIgnoreCase(current.value()));
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      return CaveatResult.SATISFIED;
    }
  }

  /** A configured constraint nobody judges here: integers may only fall, other values stay. */
  record Constraint(String condition) implements CaveatSatisfier {
    @Override
    public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
      return previous.value().equals(current.value())
          ? CaveatResult.SATISFIED
          : notHigher(previous, current);
    }

    @Override
    public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
      return CaveatResult.SATISFIED;
    }
  }

  /** The satisfiers that do not depend on the service asked for. */
  static List<CaveatSatisfier> common() {
    return new ArrayList<>(
        List.of(new Services(), new PreimageCarrier(), new Amount(), new ResourceBound()));
  }

  private static CaveatResult notHigher(Caveat previous, Caveat current) {
    long before = CaveatNumber.parse(previous.value());
    long after = CaveatNumber.parse(current.value());
    return CaveatResult.satisfiedIf(before >= 0 && after >= 0 && after <= before);
  }
}
