// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the filter and the proxy work by: the services, what they cost, and the node that is paid.
 *
 * <p>It is made in code with {@link #builder}, from {@code web.xml} with {@link
 * #fromInitParameters}, or from a YAML file with {@link #load}; the keys are the same for all
 * three. What is said in code comes before init-params, these before the environment, that before
 * the file, and the file before the defaults. A configuration that cannot be used is refused as a
 * whole, with every fault in one message.
 *
 * <p>Times are written {@code 500ms}, {@code 30s}, {@code 10m}, {@code 30d}, {@code PT30S}; a plain
 * number is seconds. Keys in sections are named with a dot here, in code and in init-params.
 *
 * <table class="striped">
 * <caption>Global keys</caption>
 * <thead>
 * <tr><th>key</th><th>default</th><th>meaning</th></tr>
 * </thead>
 * <tbody>
 * <tr><td><code>backend</code></td><td>—</td>
 *   <td>The node to pay: the name of an installed backend such as <code>lnd</code>, or
 *   <code>simulated</code>, whose money is not real. <code>lnd</code> if there is an
 *   <code>lndhost</code>. Not needed if nothing is paid for.</td></tr>
 * <tr><td><code>lndhost</code></td><td>—</td>
 *   <td>lnd's gRPC address, such as <code>localhost:10009</code>.</td></tr>
 * <tr><td><code>tlspath</code></td><td>—</td>
 *   <td>The file with lnd's certificate.</td></tr>
 * <tr><td><code>tlscert</code></td><td>—</td>
 *   <td>lnd's certificate itself, in PEM or base64 of it, in place of
 *   <code>tlspath</code>.</td></tr>
 * <tr><td><code>macaroonpath</code></td><td>—</td>
 *   <td>The file with lnd's macaroon; one that may make and read invoices is
 *   enough.</td></tr>
 * <tr><td><code>macaroonhex</code></td><td>—</td>
 *   <td>lnd's macaroon itself, in hex; write it as <code>${NAME}</code>.</td></tr>
 * <tr><td><code>macdir</code></td><td>—</td>
 *   <td>The folder with lnd's macaroons, as aperture has it.</td></tr>
 * <tr><td><code>network</code></td><td>—</td>
 *   <td><code>mainnet</code>, <code>testnet</code>, <code>signet</code>,
 *   <code>regtest</code> or <code>simnet</code>: what invoices must be for.</td></tr>
 * <tr><td><code>private</code></td><td>false</td>
 *   <td>Put the node's private channels into invoices as route hints, for a node that
 *   no public channel leads to.</td></tr>
 * <tr><td><code>backendsettings</code></td><td>—</td>
 *   <td>A map of further settings for the backend, by its own names.</td></tr>
 * <tr><td><code>authenticator.lndhost</code></td><td>—</td>
 *   <td>aperture's name for <code>lndhost</code>.</td></tr>
 * <tr><td><code>authenticator.tlspath</code></td><td>—</td>
 *   <td>aperture's name for <code>tlspath</code>.</td></tr>
 * <tr><td><code>authenticator.macdir</code></td><td>—</td>
 *   <td>aperture's name for <code>macdir</code>.</td></tr>
 * <tr><td><code>authenticator.network</code></td><td>—</td>
 *   <td>aperture's name for <code>network</code>.</td></tr>
 * <tr><td><code>authenticator.disable</code></td><td>false</td>
 *   <td>aperture's switch. Refused while a service is paid for; use <code>auth: off</code>
 *   there.</td></tr>
 * <tr><td><code>masterkeyfile</code></td><td>—</td>
 *   <td>The file of master keys, made with a fresh key if it does not exist. Needed with a
 *   real node, refused with a simulated one.</td></tr>
 * <tr><td><code>realm</code></td><td>empty</td>
 *   <td>Mixed into the keys of tokens. Changing it makes all tokens sold so far
 *   invalid.</td></tr>
 * <tr><td><code>revocationfile</code></td><td>—</td>
 *   <td>The file of revoked tokens.</td></tr>
 * <tr><td><code>settlementcursorfile</code></td><td>none</td>
 *   <td>The file that says which payments the listener has heard of, so that a restart goes
 *   on there; without it every start tells of all payments again. Not shared between
 *   processes. Refused with a simulated node.</td></tr>
 * <tr><td><code>strictverify</code></td><td>false</td>
 *   <td>Take a token only when the node reports its invoice as settled. The backend must be
 *   able to look up invoices.</td></tr>
 * <tr><td><code>strictcaveats</code></td><td>false</td>
 *   <td>Refuse tokens with caveats that nobody here knows; the specification says to skip
 *   them.</td></tr>
 * <tr><td><code>invalidcredential</code></td><td>402</td>
 *   <td>The answer to a credential that does not do: <code>402</code> or <code>401</code>,
 *   both with a challenge.</td></tr>
 * <tr><td><code>legacychallenge</code></td><td>true</td>
 *   <td>Also send the challenge with the scheme <code>LSAT</code>, for clients that know no
 *   other.</td></tr>
 * <tr><td><code>tokenparameter</code></td><td>true</td>
 *   <td>Also send <code>version</code> and <code>token</code> in the challenge.</td></tr>
 * <tr><td><code>invoiceexpiry</code></td><td>10m</td>
 *   <td>How long an invoice can be paid; never longer than the service's
 *   <code>timeout</code>. 60 s to 7 days.</td></tr>
 * <tr><td><code>backenddeadline</code></td><td>2s</td>
 *   <td>How long the node may take for an invoice. 100 ms to 1 minute.</td></tr>
 * <tr><td><code>maxinflight</code></td><td>32</td>
 *   <td>How many invoices are asked for at once, at most; as many may be looked up
 *   besides.</td></tr>
 * <tr><td><code>challengelimits</code></td><td>on</td>
 *   <td><code>off</code> lets anybody make the node create any number of invoices.</td></tr>
 * <tr><td><code>challengelimits.client</code></td><td>10/1m</td>
 *   <td>Challenges for one IPv4 address or IPv6 /56; a rate such as <code>10/1m</code> or
 *   <code>50/1s burst 100</code>, or <code>off</code>.</td></tr>
 * <tr><td><code>challengelimits.network</code></td><td>100/1m</td>
 *   <td>Challenges for one IPv4 /16 or IPv6 /48.</td></tr>
 * <tr><td><code>challengelimits.total</code></td><td>50/1s burst 100</td>
 *   <td>Challenges for everybody together.</td></tr>
 * <tr><td><code>freebiewindow</code></td><td>24h</td>
 *   <td>When the free requests of <code>auth: freebie n</code> come back.</td></tr>
 * <tr><td><code>blocklist</code></td><td>none</td>
 *   <td>Addresses and prefixes that are refused.</td></tr>
 * <tr><td><code>trustedproxies</code></td><td>none</td>
 *   <td>Addresses and prefixes of proxies whose <code>Forwarded</code> or
 *   <code>X-Forwarded-For</code> is believed.</td></tr>
 * <tr><td><code>publichost</code></td><td>—</td>
 *   <td>The host that clients know this server by.</td></tr>
 * <tr><td><code>hosts</code></td><td>every</td>
 *   <td>The hosts there are; a request for another is answered 421.</td></tr>
 * <tr><td><code>unmatched</code></td><td>404 with services from a file, else pass</td>
 *   <td>What becomes of a path that no service takes: <code>pass</code>, <code>deny</code>
 *   (403) or <code>404</code>.</td></tr>
 * <tr><td><code>methods</code></td><td>none</td>
 *   <td>Methods let in besides GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.</td></tr>
 * <tr><td><code>allowpathparameters</code></td><td>false</td>
 *   <td>Let in <code>;name=value</code> in paths, for applications that put sessions
 *   there.</td></tr>
 * <tr><td><code>mergeslashes</code></td><td>false</td>
 *   <td>Read <code>//</code> in paths as one slash, for clients that join URLs
 *   carelessly.</td></tr>
 * <tr><td><code>allowencodedpercent</code></td><td>false</td>
 *   <td>Let in <code>%25</code> in paths, for applications with a percent sign in
 *   theirs.</td></tr>
 * <tr><td><code>drainlimit</code></td><td>1048576</td>
 *   <td>How many bytes of an unread body are read after a refusal before the connection is
 *   closed.</td></tr>
 * <tr><td><code>cors</code></td><td>off</td>
 *   <td><code>off</code>, or a section with the two keys below.</td></tr>
 * <tr><td><code>cors.origins</code></td><td>—</td>
 *   <td>Origins whose pages may read answers, such as <code>https://shop.example</code>, or
 *   <code>*</code>.</td></tr>
 * <tr><td><code>cors.maxage</code></td><td>10m</td>
 *   <td>How long a browser may keep the answer to a preflight.</td></tr>
 * <tr><td><code>services</code></td><td>—</td>
 *   <td>The services, in the order in which they are matched. Only in a file.</td></tr>
 * </tbody>
 * </table>
 *
 * <table class="striped">
 * <caption>Keys of a service</caption>
 * <thead>
 * <tr><th>key</th><th>default</th><th>meaning</th></tr>
 * </thead>
 * <tbody>
 * <tr><td><code>name</code></td><td>default, in init-params</td>
 *   <td>The name tokens are sold under: 1 to 64 of <code>A-Z a-z 0-9 . _ -</code>. Unique.
 *   Renaming makes tokens sold so far invalid.</td></tr>
 * <tr><td><code>hostregexp</code></td><td>every host</td>
 *   <td>A regular expression (RE2) found anywhere in the host, tried without and with its
 *   port.</td></tr>
 * <tr><td><code>pathregexp</code></td><td>every path</td>
 *   <td>A regular expression (RE2) found anywhere in the path.</td></tr>
 * <tr><td><code>host</code></td><td>every host</td>
 *   <td>Exact hosts; one without a port is meant with any. In place of
 *   <code>hostregexp</code>.</td></tr>
 * <tr><td><code>paths</code></td><td>every path</td>
 *   <td>Exact paths such as <code>/weather</code>, and prefixes such as <code>/api/*</code>.
 *   In place of <code>pathregexp</code>.</td></tr>
 * <tr><td><code>freepaths</code></td><td>none</td>
 *   <td>Exact paths and prefixes that pass unpaid.</td></tr>
 * <tr><td><code>unanchored</code></td><td>refuse</td>
 *   <td><code>allow</code> takes expressions in <code>authwhitelistpaths</code> that do not
 *   begin with <code>^</code>, as aperture does: they are found anywhere in a
 *   path.</td></tr>
 * <tr><td><code>auth</code></td><td>on</td>
 *   <td><code>on</code>, <code>off</code>, or <code>freebie n</code>: the first n requests
 *   of a client are free.</td></tr>
 * <tr><td><code>authscheme</code></td><td>l402</td>
 *   <td><code>l402</code>; other schemes are not supported.</td></tr>
 * <tr><td><code>price</code></td><td>1</td>
 *   <td>In satoshi; or with a unit, <code>10sat</code>, <code>2500msat</code>. 0 is 1
 *   satoshi, as in aperture.</td></tr>
 * <tr><td><code>tier</code></td><td>0</td>
 *   <td>The tier that tokens are sold for, 0 to 255.</td></tr>
 * <tr><td><code>mintier</code></td><td>0</td>
 *   <td>The lowest tier accepted; raise it to make older tokens invalid.</td></tr>
 * <tr><td><code>timeout</code></td><td>none</td>
 *   <td>How long a token lives after it was sold, in seconds or as <code>30d</code>; at
 *   least 60 s. 0 is for ever.</td></tr>
 * <tr><td><code>capabilities</code></td><td>none</td>
 *   <td>The capabilities that tokens are sold with.</td></tr>
 * <tr><td><code>requirecapability</code></td><td>none</td>
 *   <td>The capability a token must have.</td></tr>
 * <tr><td><code>constraints</code></td><td>none</td>
 *   <td>A map of further caveats, in this order, with values as written.</td></tr>
 * <tr><td><code>authwhitelistpaths</code></td><td>none</td>
 *   <td>Regular expressions of paths that pass unpaid; each begins with
 *   <code>^</code>.</td></tr>
 * <tr><td><code>authskipinvoicecreationpaths</code></td><td>none</td>
 *   <td>Regular expressions of paths on which a refusal is a 401 without an
 *   invoice.</td></tr>
 * <tr><td><code>ratelimits</code></td><td>none</td>
 *   <td>Rates such as <code>100/1m</code>, or sections with the keys below. All that match
 *   must admit a request.</td></tr>
 * <tr><td><code>ratelimits.pathregexp</code></td><td>every path</td>
 *   <td>Which paths are counted: a regular expression.</td></tr>
 * <tr><td><code>ratelimits.paths</code></td><td>every path</td>
 *   <td>The same as exact paths and prefixes.</td></tr>
 * <tr><td><code>ratelimits.requests</code></td><td>—</td>
 *   <td>How many requests.</td></tr>
 * <tr><td><code>ratelimits.per</code></td><td>—</td>
 *   <td>In how much time.</td></tr>
 * <tr><td><code>ratelimits.burst</code></td><td>requests</td>
 *   <td>How many at once.</td></tr>
 * <tr><td><code>dynamicprice.enabled</code></td><td>false</td>
 *   <td>Ask a price server, over gRPC; needs <code>l402-grpc</code>. A service that was sold at
 *   a fixed price needs a higher <code>tier</code> and <code>mintier</code> then. The price must
 *   depend on method and path alone: tokens are bound to those.</td></tr>
 * <tr><td><code>dynamicprice.grpcaddress</code></td><td>—</td>
 *   <td>The price server's host and port.</td></tr>
 * <tr><td><code>dynamicprice.insecure</code></td><td>false</td>
 *   <td>Speak to it in the clear.</td></tr>
 * <tr><td><code>dynamicprice.tlscertpath</code></td><td>the platform's</td>
 *   <td>The file with what its certificate is checked against.</td></tr>
 * <tr><td><code>dynamicprice.metered</code></td><td>false</td>
 *   <td>Refused where a price server is asked: usage is not reported.</td></tr>
 * <tr><td><code>dynamicprice.usagetailbytes</code></td><td>16384</td>
 *   <td>Not used: usage is not reported.</td></tr>
 * <tr><td><code>dryrun</code></td><td>false</td>
 *   <td>Let everything pass, and say in <code>X-L402-Dry-Run</code> what would have been
 *   decided. No invoice is made, and no real limit or free request used up.</td></tr>
 * <tr><td><code>address</code></td><td>—</td>
 *   <td>Proxy: the upstream's host and port. The keys below need it.</td></tr>
 * <tr><td><code>protocol</code></td><td>—</td>
 *   <td>Proxy: <code>http</code>, <code>https</code> or <code>h2c</code>.</td></tr>
 * <tr><td><code>headers</code></td><td>none</td>
 *   <td>Proxy: a map of header fields to set. <code>${NAME}</code> is the environment;
 *   <code>!file+hex:path</code> and <code>!file+base64:path</code> are files.</td></tr>
 * <tr><td><code>rewrite.prefix</code></td><td>none</td>
 *   <td>Proxy: what the path is put behind.</td></tr>
 * <tr><td><code>forwardcredential</code></td><td>none</td>
 *   <td>Proxy: what the upstream sees of a credential: <code>none</code>,
 *   <code>claims</code> (token id, service and tier) or <code>original</code> (with the
 *   preimage).</td></tr>
 * <tr><td><code>websocket</code></td><td>true</td>
 *   <td>Proxy: forward upgrades to WebSocket.</td></tr>
 * <tr><td><code>tlscertpath</code></td><td>the platform's</td>
 *   <td>Proxy: the file with what the upstream's certificate is checked against.</td></tr>
 * <tr><td><code>insecureskipverify</code></td><td>false</td>
 *   <td>Proxy: do not check the upstream's certificate.</td></tr>
 * <tr><td><code>upstreamtimeout.connect</code></td><td>3s</td>
 *   <td>Proxy: how long the upstream may take to accept a connection.</td></tr>
 * <tr><td><code>upstreamtimeout.firstbyte</code></td><td>30s</td>
 *   <td>Proxy: to begin its answer.</td></tr>
 * <tr><td><code>upstreamtimeout.idle</code></td><td>60s</td>
 *   <td>Proxy: between two bytes.</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class L402Config {
  private final ConfigParts parts;
  private final ServiceTable table;

  L402Config(ConfigParts parts) {
    this.parts = Objects.requireNonNull(parts, "parts");
    table = new ServiceTable(parts.services(), parts.hosts());
  }

  /** Begins a configuration in code. */
  public static L402ConfigBuilder builder() {
    return new L402ConfigBuilder();
  }

  /**
   * Begins a configuration with what a filter without init-params of its own reads: the
   * context-params that begin with {@code l402.}, the file they name, and the environment of this
   * process. For {@link L402Filter#updateServices}.
   *
   * @throws L402ConfigException if the file that the application should have is not there
   */
  public static L402ConfigBuilder builder(ServletContext context) {
    return FilterParameters.builder(context);
  }

  /**
   * Reads a YAML file; the environment of this process comes before it.
   *
   * @throws L402ConfigException naming every fault, its key and its line
   */
  public static L402Config load(Path file) {
    return builder().file(file).environment(System.getenv()).build();
  }

  /**
   * Reads the init-params of a filter, or context-params without their prefix; the environment of
   * this process fills in what they leave out. They say one service, or name a file with {@code
   * config}.
   *
   * @throws L402ConfigException naming every fault and its key
   */
  public static L402Config fromInitParameters(Map<String, String> parameters) {
    return builder().initParameters(parameters).environment(System.getenv()).build();
  }

  /** What should be looked at although it is no error, for the log. */
  public List<String> warnings() {
    return parts.warnings();
  }

  /** The names of the services, in the order in which they are matched. */
  public List<String> serviceNames() {
    return parts.services().stream().map(ServiceRule::name).toList();
  }

  /** The name of the backend; empty if it was given in code or none is needed. */
  public Optional<String> backendName() {
    return parts.backend().name();
  }

  /** Whether nothing that is paid is money. */
  public boolean isSimulated() {
    return parts.backend().simulated();
  }

  /** The services, in order. */
  List<ServiceRule> services() {
    return parts.services();
  }

  /** Finds the service of a request. */
  ServiceTable table() {
    return table;
  }

  /** The hosts there are; empty if every host is taken. */
  Set<String> hosts() {
    return parts.hosts();
  }

  /** What becomes of a request whose path no service matches. */
  Unmatched unmatched() {
    return parts.unmatched();
  }

  /** Whether any request may have to be paid for; if not, no backend is needed. */
  boolean needsBackend() {
    return parts.services().stream().anyMatch(ServiceRule::isPaid);
  }

  BackendChoice backend() {
    return parts.backend();
  }

  KeySettings keys() {
    return parts.keys();
  }

  ChallengeSettings challenges() {
    return parts.challenges();
  }

  EdgeSettings edge() {
    return parts.edge();
  }

  /** Whether a token is only accepted when the node reports its invoice as settled. */
  boolean strictVerify() {
    return parts.strictVerify();
  }

  /** Whether caveats that nobody knows are refused. */
  boolean strictCaveats() {
    return parts.strictCaveats();
  }

  /** What only code can say. */
  Extensions extensions() {
    return parts.extensions();
  }

  /** How long until a client's free requests come back. */
  Duration freebieWindow() {
    return parts.freebieWindow();
  }
}
