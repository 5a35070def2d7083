// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.NodeId;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.WalletState;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An lnd for tests: its gRPC interface on 127.0.0.1 with a certificate, macaroons, texts, backlog
 * rules and real BOLT 11 invoices like lnd's, a database that lasts over restarts, and everything
 * that can go wrong on demand.
 *
 * <p>Clients connect to {@link #host()}, a relay ({@link #wire()}) on a port that stays the same.
 * Faults of the way are the wire's, faults of the server are {@link #faults()}.
 *
 * <p>Safe for use by many threads.
 */
public final class FakeLnd implements AutoCloseable {
  private final LndFolder folder = new LndFolder();
  private final CallLog log = new CallLog();
  private final Wire wire = new Wire();
  private final Node node;
  private final Payer payer;
  private final OtherTraffic others;
  private final TlsFiles tls;
  private final MacaroonFiles macaroons;
  private final LndServer server;
  private boolean running;
  private boolean closed;

  FakeLnd(FakeLndBuilder builder) {
    Bakery bakery = new Bakery(builder.clock);
    node = new Node(builder);
    payer = new Payer(node);
    others = new OtherTraffic(node);
    tls = new TlsFiles(folder.tlsCert());
    macaroons = new MacaroonFiles(bakery, folder.macaroons(builder.network.toString()));
    server = new LndServer(node, bakery, log);
  }

  /** Begins one with a clock, a network or a release of the test's choice. */
  public static FakeLndBuilder builder() {
    return new FakeLndBuilder();
  }

  /** One for regtest that runs. */
  public static FakeLnd create() {
    return builder().start();
  }

  /** Starts it again, with the database, the port and the files it had. */
  public synchronized void start() {
    if (!running && !closed) {
      wire.serve(server.start(tls.identity()));
      running = true;
    }
  }

  /** Shuts down as lnd does: streams complete with OK, then nobody listens on the port. */
  public synchronized void stop() {
    if (running) {
      running = false;
      wire.leave();
      server.stop();
    }
  }

  /** Dies without goodbye: connections are reset, and nobody listens on the port. */
  public synchronized void crash() {
    if (running) {
      running = false;
      wire.leave();
      wire.cut();
      server.kill();
    }
  }

  /** Stops and starts. */
  public synchronized void restart() {
    stop();
    start();
  }

  /** Sends GOAWAY on all connections. What is under way on them goes on; new ones are welcome. */
  public synchronized void goAway() {
    if (running) {
      server.drain();
      wire.serve(server.start(tls.identity()));
    }
  }

  /** A new key and certificate, in tls.cert first and then served, after a restart as in lnd. */
  public synchronized void rotateTls() {
    tls.renew();
    tls.write();
    restart();
  }

  /** Where to connect: {@code localhost} and the port. */
  public String host() {
    return "localhost:" + port();
  }

  /** The port, the same for ever. */
  public int port() {
    return wire.port();
  }

  /** The wire between clients and the server. */
  public Wire wire() {
    return wire;
  }

  /** What goes wrong in the server. */
  public Faults faults() {
    return node.faults;
  }

  /** The certificate. */
  public TlsFiles tls() {
    return tls;
  }

  /** The file of the certificate. */
  public Path tlsCert() {
    return tls.file();
  }

  /** The macaroons. */
  public MacaroonFiles macaroons() {
    return macaroons;
  }

  /** The folder with the macaroon files. */
  public Path macDir() {
    return macaroons.folder();
  }

  /** The file of the macaroon that may do anything. */
  public Path adminMacaroon() {
    return macaroons.file("admin.macaroon");
  }

  /** The file of the macaroon that may do what has to do with invoices. */
  public Path invoiceMacaroon() {
    return macaroons.file("invoice.macaroon");
  }

  /** Bakes a macaroon into a file, such as for {@code uri:/lnrpc.Lightning/AddInvoice}. */
  public Path bake(Path file, String... permissions) {
    return macaroons.bake(file, 0, List.of(permissions));
  }

  /** A macaroon for {@code invoices:read} or {@code uri:/lnrpc.Lightning/AddInvoice}, in hex. */
  public String macaroonHex(String... permissions) {
    return macaroons.hex(List.of(permissions));
  }

  /** Who signs its invoices. */
  public NodeId nodeId() {
    return node.maker.key().nodeId();
  }

  /** Locks or unlocks the wallet, or puts it at another point of its start. */
  public void state(WalletState state) {
    node.lock.state(state);
  }

  /**
   * Pays an invoice of this node as a wallet would: it reads the string and trusts only that.
   *
   * @throws io.l402.lightning.LightningException if it cannot be paid
   */
  public Preimage pay(String paymentRequest) {
    return payer.pay(paymentRequest);
  }

  /** Somebody pays an invoice, exactly. */
  public Preimage settle(PaymentHash hash) {
    return payer.settle(hash, invoice(hash).getValueMsat());
  }

  /** Somebody pays an invoice, with so many millisatoshi. */
  public Preimage settle(PaymentHash hash, long msat) {
    return payer.settle(hash, msat);
  }

  /** Ends all event streams with an error, and settles the invoice: nobody hears of it live. */
  public Preimage settleThenDropStream(PaymentHash hash) {
    synchronized (node.ledger) {
      cutStreams();
      return settle(hash);
    }
  }

  /** A payment is held: the invoice is ACCEPTED. */
  public void accept(PaymentHash hash) {
    node.ledger.accept(Hashes.bytes(hash), invoice(hash).getValueMsat());
  }

  /** Cancels an invoice. */
  public void cancel(PaymentHash hash) {
    node.ledger.cancel(Hashes.bytes(hash));
  }

  /** Cancels the invoices whose time is up, now and not when they are next looked at. */
  public void expire() {
    node.ledger.expire();
  }

  /** Makes an invoice for somebody else who uses the node. */
  public PaymentHash addForeign(String memo, long msat) {
    return others.invoice(memo, msat);
  }

  /** Somebody pays without an invoice: a keysend payment comes in. */
  public void keysend(long msat) {
    others.keysend(msat);
  }

  /** An AMP payment comes in: settled, without a payment hash or a preimage of its own. */
  public void amp(long msat) {
    others.amp(msat);
  }

  /** Uses up settle indexes for nothing anybody sees. */
  public void skipSettleIndexes(int count) {
    node.ledger.skipSettleIndexes(count);
  }

  /** Ends all event streams with UNAVAILABLE; the connections stay. */
  public void cutStreams() {
    node.subscriptions.fail(Status.UNAVAILABLE.withDescription("fake lnd: stream cut"));
  }

  /** How many SubscribeInvoices streams there are. */
  public int subscribers() {
    return node.subscriptions.size();
  }

  /** The database as it is. */
  public Snapshot snapshot() {
    return node.ledger.snapshot();
  }

  /** Puts an old database in place, indexes included, as from a backup; best while stopped. */
  public void restore(Snapshot snapshot) {
    node.ledger.restore(snapshot);
  }

  /** An invoice as lnd would send it, with the preimage. */
  public Invoice invoice(PaymentHash hash) {
    return node.ledger.get(Hashes.bytes(hash));
  }

  /** All invoices, in the order they were added. */
  public List<Invoice> invoices() {
    return node.ledger.all();
  }

  /** All preimages the node knows, in lower-case hex: what must be in no log. */
  public List<String> preimages() {
    return invoices().stream()
        .map(Invoice::getRPreimage)
        .filter(preimage -> !preimage.isEmpty())
        .map(preimage -> Preimage.of(preimage.toByteArray()).toHex())
        .toList();
  }

  /** How many calls of a method such as {@code AddInvoice} have arrived. */
  public long calls(String method) {
    return log.calls(method);
  }

  /** How many macaroons the calls of a method brought, each number once: {@code [1]} is right. */
  public Set<Integer> macaroonsPerCall(String method) {
    return log.macaroons(method);
  }

  /** Stops everything and deletes the files. No thread is left. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    running = false;
    wire.close();
    server.close();
    folder.delete();
  }
}
