// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.RejectionReason;
import io.l402.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaveatCheckerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final String GRANTED = "granted";

  private final CaveatChecker checker =
      CaveatChecker.builder().serviceNames(List.of("api", "api_pro", "weather")).build();

  private static List<byte[]> bytes(String... caveats) {
    return Arrays.stream(caveats).map(c -> c.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static CaveatContext.Builder api() {
    return CaveatContext.builder("api", NOW);
  }

  private String verdict(CaveatContext.Builder context, String... caveats) {
    return verdict(checker, context, caveats);
  }

  private static String verdict(
      CaveatChecker checker, CaveatContext.Builder context, String... caveats) {
    Clearance clearance = checker.check(bytes(caveats), context.build());
    return clearance.refusal().map(RejectionReason::code).orElse(GRANTED);
  }

  @Nested
  class Services {
    @Test
    void refusesATokenThatNamesNoService() {
      assertEquals("wrong_service", verdict(api()));
      assertEquals("wrong_service", verdict(api(), "note=services"));
    }

    @Test
    void grantsTheServiceThatIsNamed() {
      assertEquals(GRANTED, verdict(api(), "services=other:0,api:0"));
    }

    @Test
    void refusesAnotherService() {
      assertEquals("wrong_service", verdict(api(), "services=apis:0,ap:9"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "api",
          "api:",
          ":0",
          ",",
          "api:0,",
          ",api:0",
          "api:0,,x:0",
          "api:256",
          "api:-1",
          "api:+1",
          "api:01",
          "api:0x1",
          "api:0 ",
          "api:\u0661",
          "api:0,api:0",
          "api:0:0",
          "api:99999999999999999999"
        })
    void refusesAMalformedList(String value) {
      assertEquals("caveat", verdict(api(), "services=" + value));
    }

    @Test
    void isNeverMintedWithAServiceTwice() {
      assertThrows(
          IllegalArgumentException.class,
          () -> ServicesCaveat.of(List.of(new Service("api", 0), new Service("api", 1))));
    }

    @Test
    void doesNotTrim() {
      assertEquals("wrong_service", verdict(api(), "services= api:0"));
      assertEquals("wrong_service", verdict(api(), " services=api:0"));
    }

    @Test
    void refusesATierBelowTheMinimum() {
      assertEquals("wrong_service", verdict(api().minTier(2), "services=api:1"));
      assertEquals(GRANTED, verdict(api().minTier(2), "services=api:2"));
    }

    @Test
    void mayBeNarrowedButNotWidened() {
      assertEquals(GRANTED, verdict(api(), "services=api:3,b:0", "services=api:1"));
      assertEquals("wrong_service", verdict(api(), "services=api:0,b:0", "services=b:0"));
      assertEquals("caveat", verdict(api(), "services=b:0", "services=b:0,api:0"));
      assertEquals("caveat", verdict(api(), "services=api:0", "services=api:1"));
      assertEquals("caveat", verdict(api(), "services=api:2", "services=api:1", "services=api:2"));
    }

    @Test
    void everyOccurrenceMustNameTheService() {
      assertEquals("wrong_service", verdict(api().minTier(1), "services=api:1", "services=api:0"));
    }

    @Test
    void reportsTheTierOfTheToken() {
      Clearance clearance =
          checker.check(bytes("services=api:7,b:1", "services=api:5"), api().build());
      assertEquals(5, clearance.tier());
    }
  }

  @Nested
  class Capabilities {
    private CaveatContext.Builder reading() {
      return api().requiredCapability(Optional.of("read"));
    }

    @Test
    void aTokenWithoutTheCaveatHasAll() {
      assertEquals(GRANTED, verdict(reading(), "services=api:0"));
    }

    @Test
    void theRequiredOneMustBeListed() {
      assertEquals(GRANTED, verdict(reading(), "services=api:0", "api_capabilities=write,read"));
      assertEquals("caveat", verdict(reading(), "services=api:0", "api_capabilities=write"));
      assertEquals("caveat", verdict(reading(), "services=api:0", "api_capabilities=reader"));
    }

    @Test
    void anEmptyListAllowsNone() {
      assertEquals("caveat", verdict(reading(), "services=api:0", "api_capabilities="));
      assertEquals(GRANTED, verdict(api(), "services=api:0", "api_capabilities="));
    }

    @Test
    void onlyShrink() {
      assertEquals(
          GRANTED,
          verdict(
              reading(), "services=api:0", "api_capabilities=read,write", "api_capabilities=read"));
      assertEquals(
          "caveat",
          verdict(
              reading(), "services=api:0", "api_capabilities=read", "api_capabilities=read,write"));
      assertEquals(
          "caveat", verdict(api(), "services=api:0", "api_capabilities=", "api_capabilities=read"));
    }

    @Test
    void ofAnotherServiceDoNotCount() {
      assertEquals(
          GRANTED,
          verdict(reading(), "services=api:0", "weather_capabilities=", "api_pro_capabilities="));
    }
  }

  @Nested
  class ValidUntil {
    @Test
    void endsAtThatSecond() {
      assertEquals(GRANTED, verdict(api(), "services=api:0", "api_valid_until=1700000001"));
      assertEquals("expired", verdict(api(), "services=api:0", "api_valid_until=1700000000"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "+1800000000",
          "-1",
          "01800000000",
          "1e10",
          "1800000000 ",
          "9999999999999999999",
          "1800000000000000000",
          "\u0661\u0668\u0660\u0660"
        })
    void refusesWhatIsNoNumber(String value) {
      assertEquals("caveat", verdict(api(), "services=api:0", "api_valid_until=" + value));
    }

    @Test
    void mayOnlyFall() {
      assertEquals(
          GRANTED,
          verdict(
              api(),
              "services=api:0",
              "api_valid_until=1900000000",
              "api_valid_until=1900000000",
              "api_valid_until=1800000000"));
      assertEquals(
          "caveat",
          verdict(
              api(), "services=api:0", "api_valid_until=1800000000", "api_valid_until=1800000001"));
    }

    @Test
    void ofAnotherServiceDoesNotCount() {
      assertEquals(GRANTED, verdict(api(), "services=api:0", "weather_valid_until=1"));
    }

    @Test
    void theExactNameWinsOverALongerServiceName() {
      CaveatChecker both =
          CaveatChecker.builder().serviceNames(List.of("api", "api_valid")).build();
      assertEquals("expired", verdict(both, api(), "services=api:0", "api_valid_until=1"));
    }
  }

  @Nested
  class ComputedPrices {
    private static final String BOUND = "l402_resource=" + Resource.of("GET", "/report/7");

    private CaveatContext.Builder report(long price) {
      return api().resource("GET", "/report/7").computedPrice(Optional.of(new MilliSatoshi(price)));
    }

    @Test
    void needATokenBoundToAResource() {
      assertEquals("wrong_service", verdict(report(1000), "services=api:0"));
      assertEquals(
          GRANTED, verdict(report(1000), "services=api:0", "l402_amount_msat=1000", BOUND));
    }

    @Test
    void refuseATokenForAnotherResource() {
      String other = "l402_resource=" + Resource.of("GET", "/report/8");
      String posted = "l402_resource=" + Resource.of("POST", "/report/7");
      assertEquals("wrong_service", verdict(report(1), "services=api:0", other));
      assertEquals("wrong_service", verdict(report(1), "services=api:0", posted));
      assertEquals("caveat", verdict(report(1), "services=api:0", BOUND, other));
    }

    @Test
    void headCountsAsGet() {
      CaveatContext.Builder head = report(1).resource("HEAD", "/report/7");
      assertEquals(GRANTED, verdict(head, "services=api:0", BOUND));
    }

    @Test
    void refuseATokenSoldForLess() {
      assertEquals(
          "caveat", verdict(report(1001), "services=api:0", "l402_amount_msat=1000", BOUND));
      assertEquals(
          "caveat",
          verdict(
              report(1),
              "services=api:0",
              "l402_amount_msat=1000",
              "l402_amount_msat=1001",
              BOUND));
    }

    @Test
    void acceptApertureNamesInPlaceOfTheResource() {
      assertEquals(GRANTED, verdict(report(1), "services=api/report/7:0"));
      assertEquals("wrong_service", verdict(report(1), "services=api/report/8:0"));
      assertEquals("wrong_service", verdict(api().resource("GET", "/x"), "services=api/x:0"));
    }

    @Test
    void neverReadAPathWithDelimitersAsAName() {
      CaveatContext.Builder tricky =
          api().resource("GET", "/x:0,premium").computedPrice(Optional.empty());
      assertEquals("wrong_service", verdict(tricky, "services=api/x:0,premium:0"));
    }

    @Test
    void expiryUnderTheApertureNameCounts() {
      assertEquals(
          "expired", verdict(report(1), "services=api/report/7:0", "api/report/7_valid_until=1"));
    }
  }

  @Nested
  class Unknown {
    @Test
    void areSkippedAsSpecified() {
      assertEquals(
          GRANTED,
          verdict(api(), "services=api:0", "org.example.note=x", "no equals sign", "=", "=x"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"l402_future=1", "l402_", "l402_=1", "api_rate=5", "api_=1", "api_rate"})
    void areRefusedWhenMeantForUs(String caveat) {
      assertEquals("caveat", verdict(api(), "services=api:0", caveat));
    }

    @Test
    void belongToTheLongestServiceName() {
      assertEquals(GRANTED, verdict(api(), "services=api:0", "api_pro_rate=5"));
      assertEquals(GRANTED, verdict(api(), "services=api:0,api_x:0", "api_x_rate=5"));
      CaveatContext.Builder pro = CaveatContext.builder("api_pro", NOW);
      assertEquals("caveat", verdict(pro, "services=api_pro:0", "api_pro_rate=5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"services", "servicesX", "preimage", "api_valid_until", "l402_amount"})
    void withoutEqualsSignAreRefusedWhenTheyBeginWithAKnownName(String caveat) {
      assertEquals("caveat", verdict(api(), "services=api:0", caveat));
    }

    @Test
    void withInvalidUtf8AreSkippedUnlessTheyBeginWithAKnownName() {
      byte[] services = "services=api:0".getBytes(StandardCharsets.UTF_8);
      byte[] foreign = {'x', '=', (byte) 0xff};
      byte[] ours = "api_valid_until=1\u00ff".getBytes(StandardCharsets.ISO_8859_1);
      assertTrue(checker.check(List.of(services, foreign), api().build()).refusal().isEmpty());
      assertEquals(
          Optional.of(RejectionReason.CAVEAT),
          checker.check(List.of(services, ours), api().build()).refusal());
    }

    @Test
    void areAllRefusedInStrictMode() {
      CaveatChecker strict =
          CaveatChecker.builder().serviceNames(List.of("api")).strict(true).build();
      assertEquals("caveat", verdict(strict, api(), "services=api:0", "note=x"));
      assertEquals("caveat", verdict(strict, api(), "services=api:0", "note"));
      assertEquals(GRANTED, verdict(strict, api(), "services=api:0", "api_capabilities=a"));
    }
  }

  @Nested
  class Satisfiers {
    private final CaveatSatisfier ip =
        new CaveatSatisfier() {
          @Override
          public String condition() {
            return "ip";
          }

          @Override
          public CaveatResult satisfyPrevious(Caveat previous, Caveat current) {
            return CaveatResult.satisfiedIf(current.equals(previous));
          }

          @Override
          public CaveatResult satisfyFinal(Caveat caveat, CaveatContext context) {
            if (caveat.value().equals("boom")) {
              throw new IllegalStateException("satisfier");
            }
            if (caveat.value().equals("none")) {
              return null;
            }
            if (caveat.value().equals("deep")) {
              throw new StackOverflowError();
            }
            return CaveatResult.satisfiedIf(caveat.value().equals("10.0.0.1"));
          }
        };

    private final List<RuntimeException> failures = new ArrayList<>();
    private final CaveatChecker withIp =
        CaveatChecker.builder().satisfier(ip).failures(failures::add).build();

    @Test
    void judgeTheirCondition() {
      assertEquals(GRANTED, verdict(withIp, api(), "services=api:0", "ip=10.0.0.1"));
      assertEquals("caveat", verdict(withIp, api(), "services=api:0", "ip=10.0.0.2"));
      assertEquals(
          "caveat", verdict(withIp, api(), "services=api:0", "ip=10.0.0.1", "ip=10.0.0.2"));
    }

    @Test
    void thatThrowRefuseAndAreReported() {
      assertEquals("caveat", verdict(withIp, api(), "services=api:0", "ip=boom"));
      assertEquals("satisfier", failures.get(0).getMessage());
    }

    @Test
    void thatDoNotAnswerRefuse() {
      assertEquals("caveat", verdict(withIp, api(), "services=api:0", "ip=none"));
    }

    @Test
    void thatRecurseTooDeeplyRefuseAndAreReported() {
      assertEquals("caveat", verdict(withIp, api(), "services=api:0", "ip=deep"));
      assertEquals(1, failures.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"services", "preimage", "l402_amount_msat", "l402_x", ""})
    void cannotTakeABuiltInCondition(String condition) {
      CaveatSatisfier taking = new BuiltinCaveats.Constraint(condition);
      CaveatChecker.Builder builder = CaveatChecker.builder();
      assertThrows(L402ConfigException.class, () -> builder.satisfier(taking));
      assertThrows(L402ConfigException.class, () -> builder.constraints(List.of(condition)));
    }
  }

  @Nested
  class Constraints {
    private final CaveatChecker checker =
        CaveatChecker.builder()
            .serviceNames(List.of("loop"))
            .constraints(List.of("volume_sats", "region"))
            .build();

    @ParameterizedTest
    @CsvSource({
      "volume_sats=200, volume_sats=100, granted",
      "volume_sats=200, volume_sats=200, granted",
      "volume_sats=200, volume_sats=201, caveat",
      "volume_sats=200, volume_sats=0100, caveat",
      "region=eu, region=eu, granted",
      "region=eu, region=us, caveat",
      "region=eu, region=1, caveat",
    })
    void mayOnlyGetNarrower(String first, String second, String expected) {
      CaveatContext.Builder loop = CaveatContext.builder("loop", NOW);
      assertEquals(expected, verdict(checker, loop, "services=loop:0", first, second));
    }

    @Test
    void areHandedToTheApplication() {
      CaveatContext loop = CaveatContext.builder("loop", NOW).build();
      Clearance clearance =
          checker.check(bytes("services=loop:0", "region=eu", "preimage=00"), loop);
      assertEquals(
          List.of(new Caveat("services", "loop:0"), new Caveat("region", "eu")),
          clearance.caveats());
    }
  }

  @Test
  void refusesServiceNamesWhoseConditionsCollide() {
    CaveatChecker.Builder builder =
        CaveatChecker.builder().serviceNames(List.of("a")).constraints(List.of("a_valid_until"));
    L402ConfigException refused = assertThrows(L402ConfigException.class, builder::build);
    assertTrue(refused.getMessage().contains("a_valid_until"), refused.getMessage());
  }

  @Test
  void refusesServicesThatTakeReservedNames() {
    for (String name : List.of("services", "preimage", "l402_x", "-a", "a b", "")) {
      assertThrows(
          L402ConfigException.class,
          () -> CaveatChecker.builder().serviceNames(List.of(name)).build(),
          name);
    }
  }
}
