// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.gate.Pricer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFaultsTest {
  @Test
  void refusesAMisspeltKeyWithItsLineAndTheNearestKey() {
    String message =
        Configs.refusal(
            """
            backend: simulated
            services:
              - name: a
                dynamicprice:
                  enbled: true
            """);
    assertTrue(
        message.contains(
            "line 5: service a: dynamicprice.enbled: there is no such key; did you mean enabled?"),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "prcie, price",
    "pathregex, pathregexp",
    "authwhitelistpath, authwhitelistpaths",
    "Price, price",
    "min_tier, mintier"
  })
  void guessesTheKeyOfAServiceThatWasMeant(String written, String meant) {
    String message = Configs.refusal(Configs.service(written + ": 1"));
    assertTrue(
        message.contains(
            "line 4: service a: "
                + written
                + ": there is no such key; did you mean "
                + meant
                + "?"),
        message);
  }

  @Test
  void guessesNothingFarFetched() {
    String message = Configs.refusal("zzzzzz: 1\nservices: [{name: a, auth: off}]");
    assertTrue(message.endsWith("line 1: zzzzzz: there is no such key"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "tlspath, tlscert",
    "macaroonpath, macaroonhex",
    "macaroonpath, macdir",
    "macaroonhex, macdir"
  })
  void refusesTwoKeysThatSayTheSame(String one, String other) {
    String message =
        Configs.refusal(
            "backend: simulated\nservices: [{name: a}]\n%s: x\n%s: y".formatted(other, one));
    assertTrue(
        message.contains("line 3: " + other + ": " + one + " is there as well; give one of them"),
        message);
    Configs.yaml("backend: simulated\nservices: [{name: a}]\n" + one + ": x");
    Configs.yaml("backend: simulated\nservices: [{name: a}]\n" + other + ": x");
  }

  @Test
  void countsEveryKeyThatIsTooMany() {
    String message =
        Configs.refusal(
            """
            macaroonpath: a
            macaroonhex: b
            authenticator: {macdir: c}
            backend: simulated
            services: [{name: a}]
            """);
    assertTrue(message.contains("line 2: macaroonhex: macaroonpath is there as well"), message);
    assertTrue(message.contains("line 3: macdir: macaroonpath is there as well"), message);
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    String message =
        Configs.refusal(
            """
            bakend: lnd
            unmatched: maybe
            services:
              - name: a
                auth: onn
                price: -5
              - name: a
                timeout: 59
                pathregexp: '('
            """);
    for (String fault :
        List.of(
            "line 1: bakend: there is no such key; did you mean backend?",
            "line 2: unmatched: expected pass, deny or 404",
            "line 5: service a: auth: expected on, off or freebie",
            "line 6: service a: price: a price is not negative",
            "line 7: service a: name: there is another service of this name",
            "line 8: service a: timeout: expected a time from 60s",
            "line 9: service a: pathregexp: not a regular expression",
            "backend: missing")) {
      assertTrue(
          message.contains("\n  " + fault) || message.contains(": " + fault), fault + message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: yes | auth: expected on, off or freebie",
        "auth: required | auth: expected on, off or freebie",
        "auth: freebie | auth: expected on, off or freebie",
        "auth: freebie5 | auth: expected on, off or freebie",
        "auth: freebie 70000 | auth: ",
        "price: 1.5 | price: ",
        "price: -1 | price: a price is not negative",
        "price: 10000000000001 | price: ",
        "price: 10eur | price: ",
        "tier: 256 | tier: expected a whole number from 0 to 255",
        "tier: 01 | tier: expected a whole number",
        "mintier: 1 | mintier: tokens are sold for tier 0",
        "timeout: 30s | timeout: expected a time from 60s",
        "timeout: 20y | timeout: expected a time",
        "timeout: 4000d | timeout: expected a time",
        "capabilities: 'a b,c!' | capabilities: expected 1 to 64",
        "requirecapability: 'a:b' | requirecapability: expected 1 to 64",
        "constraints: {'a=b': 1} | constraints.a=b: expected 1 to 64",
        "constraints: {a: 'é'} | constraints.a: expected at most 512",
        "constraints: {a: [1]} | constraints.a: expected one value",
        "constraints: {services: x} | constraints: services is reserved",
        "constraints: {preimage: x} | constraints: preimage is reserved",
        "constraints: {a_valid_until: 1} | constraints: a_valid_until is reserved",
        "constraints: {a_capabilities: 1} | constraints: a_capabilities is reserved",
        "constraints: {l402_new: 1} | constraints: l402_new is reserved",
        "authscheme: mpp | authscheme: expected l402",
        "authscheme: l402+mpp | authscheme: expected l402",
        "hostregexp: '[' | hostregexp: not a regular expression",
        "pathregexp: '(x{1000}){5}' | pathregexp: the regular expression is too large",
        "hostregexp: '(x{1000}){5}' | hostregexp: the regular expression is too large",
        "pathregexp: '(?=x)' | pathregexp: not a regular expression",
        "authwhitelistpaths: ['/pub'] | authwhitelistpaths: an expression must begin with ^",
        "authwhitelistpaths: ['(?i)^/pub'] | authwhitelistpaths: an expression must begin with ^",
        "authskipinvoicecreationpaths: ['*'] | authskipinvoicecreationpaths: not a regular",
        "unanchored: yes | unanchored: expected allow or refuse",
        "paths: weather | paths: expected a path such as /weather",
        "paths: '/a//b' | paths: expected a path",
        "paths: '/a/../b' | paths: expected a path",
        "paths: '/a?x' | paths: expected a path",
        "paths: '/a*' | paths: expected a path",
        "paths: '/a%20b' | paths: expected a path",
        "freepaths: '/a;x' | freepaths: expected a path",
        "host: 'a/b' | host: expected a host",
        "host: 'a:99999' | host: expected a host",
        "ratelimits: [{requests: 0, per: 1m}] | ratelimits.requests: expected a whole number",
        "ratelimits: [{requests: 5}] | ratelimits.per: a rate limit needs it",
        "ratelimits: [{per: 1m}] | ratelimits.requests: a rate limit needs it",
        "ratelimits: [{requests: 5, per: 0}] | ratelimits.per: expected a time",
        "ratelimits: [{requests: 5, per: 1m, burst: -1}] | ratelimits.burst: expected",
        "ratelimits: [{requests: 5, per: 1m, pathregexp: '('}] | ratelimits.pathregexp: not a",
        "ratelimits: [{requests: 5, per: 1m, brust: 1}] | ratelimits.brust: there is no such key",
        "ratelimits: [often] | ratelimits: expected a rate",
        "dynamicprice: {enabled: true} | dynamicprice.enabled: asking a price server needs the artifact",
        "dynamicprice: {enabled: true} | dynamicprice.grpcaddress: missing",
        "dynamicprice: {grpcaddress: p} | dynamicprice.grpcaddress: expected host:port",
        "dynamicprice: {enabled: true, metered: true} | dynamicprice.metered: usage is not reported",
        "dynamicprice: {metered: true} | dynamicprice.metered: this needs enabled: true",
        "dynamicprice: {usagetailbytes: 1048577} | dynamicprice.usagetailbytes: expected",
        "dynamicprice: true | dynamicprice: expected a section",
        "dryrun: maybe | dryrun: expected true or false",
        "forwardcredential: true | forwardcredential: expected none, claims or original",
        "protocol: http | protocol: this needs an address",
        "address: 'a:1' | address: it needs a protocol as well",
        "{address: 'a:1', protocol: ftp} | protocol: expected http, https or h2c",
        "{address: 'http://a', protocol: http} | address: expected a host",
        "{address: 'u@a', protocol: http} | address: expected a host",
        "{address: 'my_host:80', protocol: http} | address: no URL can name this host",
        "{address: 'my-host-:80', protocol: h2c} | address: no URL can name this host",
        "{address: '10.0.0.300:80', protocol: https} | address: no URL can name this host",
        "dynamicprice: {grpcaddress: 'my_p:1'} | dynamicprice.grpcaddress: no URL can name",
        "rewrite: {prefix: v1} | rewrite.prefix: expected an absolute path",
        "rewrite: {prefix: '/v1?x'} | rewrite.prefix: expected an absolute path",
        "rewrite: {prefix: '//h/x'} | rewrite.prefix: expected an absolute path",
        "rewrite: {prefix: '/a/../b'} | rewrite.prefix: expected an absolute path",
        "headers: {'a b': x} | headers.a b: not the name of a header field",
        "headers: {Transfer-Encoding: x} | headers.Transfer-Encoding: not the name",
        "headers: {x: '!file+rot13:/x'} | headers.x: expected !file+hex",
        "headers: {x: '!file+hex:/no/such/file'} | headers.x: the file cannot be read",
        "headers: {x: '${L402_NOT_SET}'} | headers.x: the environment variable L402_NOT_SET is not",
        "upstreamtimeout: {connect: 0} | upstreamtimeout.connect: expected a time",
        "upstreamtimeout: {read: 1} | upstreamtimeout.read: there is no such key",
        "websocket: on | websocket: expected true or false",
      })
  void refusesAServiceWithAWrongValue(String line, String fault) {
    String document =
        line.startsWith("{")
            ? "backend: simulated\nservices:\n  -\n    {name: a, " + line.substring(1)
            : Configs.service(line);
    String message = Configs.refusal(document);
    assertTrue(message.contains("line 4: service a: " + fault), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backend: LND! | backend: expected the name of a backend",
        "network: bitcoin | network: expected mainnet",
        "backendsettings: x | backendsettings: expected keys and values",
        "lndhost: '${NOPE}' | lndhost: the environment variable NOPE is not set",
        "masterkeyfile: /k | masterkeyfile: a simulated node draws its own key",
        "settlementcursorfile: /c | settlementcursorfile: a simulated node forgets its payments",
        "private: maybe | private: expected true or false",
        "realm: 'a b' | realm: expected 1 to 128",
        "strictverify: 1 | strictverify: expected true or false",
        "invalidcredential: 403 | invalidcredential: expected 402 or 401",
        "invoiceexpiry: 59s | invoiceexpiry: expected a time from 60s",
        "invoiceexpiry: soon | invoiceexpiry: expected a time such as",
        "backenddeadline: 1h | backenddeadline: expected a time from 100ms to 60s",
        "maxinflight: 0 | maxinflight: expected a whole number from 1",
        "challengelimits: on | challengelimits: expected a section with keys, found a value",
        "challengelimits: {client: 10} | challengelimits.client: expected a rate such as",
        "challengelimits: {client: 0/1m} | challengelimits.client: expected 1 to",
        "challengelimits: {clients: 1/1m} | challengelimits.clients: there is no such key; did",
        "freebiewindow: 0 | freebiewindow: expected a time",
        "blocklist: [example.com] | blocklist: expected",
        "blocklist: [10.0.0.1/8] | blocklist: ",
        "trustedproxies: [10.0.0.0/33] | trustedproxies: expected",
        "trustedproxies: ['fe80::1%eth0'] | trustedproxies: expected",
        "publichost: https://a | publichost: expected a host",
        "hosts: ['*.example'] | hosts: expected a host",
        "unmatched: 403 | unmatched: expected pass, deny or 404",
        "methods: [TRACE] | methods: expected upper-case tokens",
        "methods: [purge] | methods: expected upper-case tokens",
        "drainlimit: -1 | drainlimit: expected a whole number",
        "cors: yes | cors: expected a section with keys",
        "cors: {maxage: 1m} | cors.origins: expected origins",
        "cors: {origins: [example.com]} | cors.origins: expected an origin",
        "cors: {origins: ['https://a/b']} | cors.origins: expected an origin",
        "cors: {origins: ['null']} | cors.origins: expected an origin",
        "authenticator: {disable: true} | authenticator.disable: a service is paid for",
        "authenticator: {lndhots: x} | authenticator.lndhots: there is no such key; did you mean",
      })
  void refusesAWrongGlobalValue(String line, String fault) {
    String rest = line.startsWith("backend:") ? "" : "backend: simulated\n";
    String message = Configs.refusal(line + "\n" + rest + "services: [{name: a}]\n");
    assertTrue(message.contains("line 1: " + fault), message);
  }

  @ParameterizedTest
  @CsvSource({"services", "preimage", "l402", "l402_x"})
  void refusesReservedNames(String name) {
    String message = Configs.refusal("backend: simulated\nservices:\n- name: " + name);
    assertTrue(
        message.contains("line 3: service " + name + ": name: this name is reserved"), message);
  }

  @Test
  void refusesAConditionThatIsAnotherServicesOwn() {
    String message =
        Configs.refusal(
            """
            backend: simulated
            services:
              - name: a
                constraints: {b_valid_until: 5}
              - name: b
            """);
    assertTrue(
        message.contains("line 4: service a: constraints: b_valid_until is reserved"), message);
  }

  @Test
  void twoServicesMayHaveTheSameConstraint() {
    String document =
        """
        backend: simulated
        services:
          - {name: a, constraints: {plan: gold}}
          - {name: b, constraints: {plan: silver}}
        """;
    assertEquals(2, Configs.yaml(document).services().size());
  }

  @Test
  void refusesTokensThatWouldNotFitIntoAHeader() {
    String message =
        Configs.refusal(
            Configs.service(
                "constraints: {x: " + "x".repeat(500) + ", y: " + "y".repeat(500) + "}"));
    assertTrue(message.contains("its tokens would be larger than 1024 bytes"), message);
  }

  @Test
  void refusesAConfigurationThatSellsWithoutANode() {
    String message = Configs.refusal("services: [{name: a}]");
    assertTrue(message.contains("backend: missing"), message);
    assertTrue(message.contains("masterkeyfile: missing"), message);
    assertTrue(Configs.refusal("").contains("services: there are none"));
  }

  @Test
  void refusesARealNodeWithoutAKeyFile() {
    String message = Configs.refusal("lndhost: h\nservices: [{name: a}]");
    assertTrue(message.contains("masterkeyfile: missing"), message);
    assertFalse(message.contains("backend:"), message);
  }

  @Test
  void refusesServicesThatAreNoListOfSections() {
    assertTrue(Configs.refusal("services: 5").contains("line 1: services: expected a list"));
    assertTrue(Configs.refusal("services: [5]").contains("line 1: services: expected a section"));
    assertTrue(Configs.refusal("services:\n- price: 5\n").contains("a service needs a name"));
  }

  @Test
  void refusesTwoNamesForTheSameThing() {
    String message =
        Configs.refusal(
            "lndhost: a\nauthenticator:\n  lndhost: b\nservices: [{name: a, auth: off}]");
    assertTrue(
        message.contains("line 3: authenticator.lndhost: lndhost is there as well"), message);
    message = Configs.refusal(Configs.service("paths: /a", "pathregexp: /a"));
    assertTrue(
        message.contains("line 4: service a: paths: there is a pathregexp as well"), message);
    message = Configs.refusal(Configs.service("host: a", "hostregexp: a"));
    assertTrue(message.contains("line 4: service a: host: there is a hostregexp as well"), message);
  }

  @Test
  void refusesAPricerForNoServiceAndBesideAPrice() {
    Pricer pricer = Pricer.fixed(MilliSatoshi.ofSat(3));
    L402ConfigBuilder builder =
        L402Config.builder()
            .backend("simulated")
            .pricer("b", pricer)
            .service("a", a -> a.price(MilliSatoshi.ofSat(2)).pricer(pricer));
    String message = assertThrows(L402ConfigException.class, builder::build).getMessage();
    assertTrue(message.contains("code: pricer: there is no service b"), message);
    assertTrue(message.contains("code: service a: price: there is a Pricer in code"), message);
  }

  @Test
  void neverRepeatsAValue() {
    String secret = "0123456789abcdef\u0007";
    String document =
        "macaroonhex: \"%s\\a\"\nbackend: \"%s!\"\nservices:\n- {name: a, headers: {x: \"%s\\a\"}}\n"
            .formatted(secret.strip(), secret.strip(), secret.strip())
            .replace("\u0007", "");
    String message = Configs.refusal(document);
    assertFalse(message.contains("0123456789"), message);
    assertTrue(message.contains("headers.x: expected printable ASCII"), message);
  }

  @Test
  void boundsTheMessage() {
    StringBuilder document = new StringBuilder("services: [{name: a, auth: off}]\n");
    for (int i = 0; i < 5000; i++) {
      document.append("k").append("x".repeat(200)).append(i).append(": 1\n");
    }
    String message = Configs.refusal(document.toString());
    assertTrue(message.length() < 20_000, "length " + message.length());
    assertTrue(message.endsWith("and 4900 more"), message.substring(message.length() - 40));
  }

  @Test
  void refusesContradictionsAmongInitParameters() {
    String message = Configs.refusal(Map.of("cors", "off", "cors.origins", "*", "auth", "off"));
    assertTrue(
        message.contains("init-param cors.origins: cors: contradicts init-param cors"), message);
  }
}
