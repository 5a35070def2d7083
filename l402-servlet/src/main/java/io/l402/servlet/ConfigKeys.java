// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys there are, sections with a dot. A test holds this against the documented tables. */
final class ConfigKeys {
  /** What concerns every service. */
  static final Set<String> GLOBAL =
      keys(
          """
          backend lndhost tlspath tlscert macaroonpath macaroonhex macdir network private
          backendsettings
          authenticator.lndhost authenticator.tlspath authenticator.macdir authenticator.network
          authenticator.disable
          masterkeyfile realm revocationfile settlementcursorfile
          strictverify strictcaveats invalidcredential legacychallenge tokenparameter
          invoiceexpiry backenddeadline maxinflight
          challengelimits challengelimits.client challengelimits.network challengelimits.total
          freebiewindow
          blocklist trustedproxies publichost hosts unmatched methods
          allowpathparameters mergeslashes allowencodedpercent drainlimit
          cors cors.origins cors.maxage
          services
          """);

  /** What concerns one service. */
  static final Set<String> SERVICE =
      keys(
          """
          name hostregexp pathregexp host paths freepaths unanchored
          auth authscheme price tier mintier timeout capabilities requirecapability constraints
          authwhitelistpaths authskipinvoicecreationpaths
          ratelimits ratelimits.pathregexp ratelimits.paths ratelimits.requests ratelimits.per
          ratelimits.burst
          dynamicprice.enabled dynamicprice.grpcaddress dynamicprice.insecure
          dynamicprice.tlscertpath dynamicprice.metered dynamicprice.usagetailbytes
          dryrun
          address protocol headers rewrite.prefix forwardcredential websocket
          tlscertpath insecureskipverify
          upstreamtimeout.connect upstreamtimeout.firstbyte upstreamtimeout.idle
          """);

  /** What aperture knows and a filter has no use for: the container's business, or not built. */
  static final Set<String> CONTAINER =
      keys(
          """
          listenaddr servername autocert insecure staticroot servestatic
          dbbackend sqlite postgres etcd
          debuglevel configfile basedir profile logging prometheus
          idletimeout readtimeout writetimeout wspinginterval wspongwait
          invoicebatchsize hashmail tor admin
          authenticator.passphrase authenticator.mailboxaddress authenticator.devserver
          authenticator.wavelengthgateway authenticator.wavelengthmacaroonpath
          authenticator.enablempp authenticator.mpprealm authenticator.enablesessions
          authenticator.sessiondepositmultiplier authenticator.sessionidletimeout
          """);

  private ConfigKeys() {}

  /** The keys directly inside a section, whose prefix is empty or ends in a dot. */
  static Set<String> inside(Set<String> keys, String prefix) {
    return keys.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> keys(String words) {
    return Set.copyOf(Arrays.asList(words.trim().split("\\s+")));
  }
}
