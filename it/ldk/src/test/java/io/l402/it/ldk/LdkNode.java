// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import io.l402.bolt11.NodeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.ldk.batteries.ChannelManagerConstructor;
import org.ldk.enums.Network;
import org.ldk.enums.Recipient;
import org.ldk.structs.BroadcasterInterface;
import org.ldk.structs.ChainMonitor;
import org.ldk.structs.ChannelManager;
import org.ldk.structs.ChannelMonitor;
import org.ldk.structs.ChannelMonitorUpdate;
import org.ldk.structs.Event;
import org.ldk.structs.FeeEstimator;
import org.ldk.structs.InvoicePayer;
import org.ldk.structs.KeysInterface;
import org.ldk.structs.KeysManager;
import org.ldk.structs.Logger;
import org.ldk.structs.MonitorUpdateId;
import org.ldk.structs.MultiThreadedLockableScore;
import org.ldk.structs.NetworkGraph;
import org.ldk.structs.Option_FilterZ;
import org.ldk.structs.OutPoint;
import org.ldk.structs.Persist;
import org.ldk.structs.ProbabilisticScorer;
import org.ldk.structs.ProbabilisticScoringParameters;
import org.ldk.structs.Result_NoneChannelMonitorUpdateErrZ;
import org.ldk.structs.Result_SecretKeyNoneZ;
import org.ldk.structs.UserConfig;

/**
 * A Lightning node of LDK, in this JVM. Native code calls back into the objects it was given, so
 * all of them are held here as long as the node lives.
 *
 * <p>Events are handled on a thread of ours: from LDK's own it must not be called again.
 */
final class LdkNode implements AutoCloseable {
  private static final int FEE_PER_KILOWEIGHT = 253;
  private static final int ATTEMPTS_TO_BIND = 20;

  private final Logger logger = Logger.new_impl(record -> {});
  private final FeeEstimator fees = FeeEstimator.new_impl(target -> FEE_PER_KILOWEIGHT);
  private final BroadcasterInterface broadcaster = BroadcasterInterface.new_impl(tx -> {});
  private final Persist persist = Persist.new_impl(new NoPersistence());
  private final ChainMonitor chainMonitor =
      ChainMonitor.of(Option_FilterZ.none(), broadcaster, logger, fees, persist);
  private final NetworkGraph graph = NetworkGraph.of(new byte[32]);
  private final KeysManager keysManager;
  private final KeysInterface keys;
  private final MultiThreadedLockableScore score;
  private final ChannelManagerConstructor constructor;
  private final ChannelManager manager;
  private final ChannelManagerConstructor.EventHandler handler = new EventQueue();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private final Thread eventThread;
  private final InetSocketAddress address;

  LdkNode(int seed) throws IOException {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    Instant now = Instant.now();
    keysManager = KeysManager.of(bytes, now.getEpochSecond(), now.getNano());
    keys = keysManager.as_KeysInterface();
    constructor =
        new ChannelManagerConstructor(
            Network.LDKNetwork_Regtest,
            UserConfig.with_default(),
            new byte[32],
            0,
            keys,
            fees,
            chainMonitor,
            graph,
            broadcaster,
            logger);
    manager = constructor.channel_manager;
    score =
        MultiThreadedLockableScore.of(
            ProbabilisticScorer.of(ProbabilisticScoringParameters.with_default(), graph)
                .as_Score());
    constructor.chain_sync_completed(handler, score);
    address = bind();
    eventThread = new Thread(this::handleEvents, "ldk-events-" + seed);
    eventThread.setDaemon(true);
    eventThread.start();
  }

  /** LDK cannot say which port it got, so one is looked for that is free. */
  private InetSocketAddress bind() throws IOException {
    for (int attempt = 1; ; attempt++) {
      InetSocketAddress free = freePort();
      try {
        constructor.nio_peer_handler.bind_listener(free);
        return free;
      } catch (IOException taken) {
        if (attempt == ATTEMPTS_TO_BIND) {
          throw taken;
        }
      }
    }
  }

  private static InetSocketAddress freePort() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return new InetSocketAddress(loopback, socket.getLocalPort());
    }
  }

  ChannelManager manager() {
    return manager;
  }

  InvoicePayer payer() {
    return constructor.payer;
  }

  KeysInterface keys() {
    return keys;
  }

  byte[] nodeId() {
    return manager.get_our_node_id();
  }

  /** The key of the node, for our own encoder to sign with. */
  NodeKey key() {
    Result_SecretKeyNoneZ secret = keys.get_node_secret(Recipient.LDKRecipient_Node);
    return NodeKey.of(((Result_SecretKeyNoneZ.Result_SecretKeyNoneZ_OK) secret).res);
  }

  void connect(LdkNode other) throws IOException {
    constructor.nio_peer_handler.connect(other.nodeId(), other.address, 5000);
  }

  boolean hasPeer() {
    return constructor.peer_manager.get_peer_node_ids().length > 0;
  }

  /** Sends what waits to be sent. */
  void flush() {
    constructor.nio_peer_handler.check_events();
  }

  void blockConnected(byte[] block, int height) {
    manager.as_Listen().block_connected(block, height);
    chainMonitor.as_Listen().block_connected(block, height);
  }

  /** Calls a listener for each event, on one thread, until the result is run. */
  Runnable listen(Consumer<Event> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The next event of a kind; ask before doing what leads to it. */
  <T extends Event> CompletableFuture<T> next(Class<T> kind) {
    CompletableFuture<T> next = new CompletableFuture<>();
    Runnable stop =
        listen(
            event -> {
              if (kind.isInstance(event)) {
                next.complete(kind.cast(event));
              }
            });
    next.whenComplete((event, failure) -> stop.run());
    return next;
  }

  private void handleEvents() {
    try {
      while (true) {
        handle(events.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Event event) {
    if (event instanceof Event.PendingHTLCsForwardable) {
      manager.process_pending_htlc_forwards();
    } else {
      listeners.forEach(listener -> tell(listener, event));
    }
    flush();
  }

  /** A listener that fails must not end the thread that all others depend on. */
  private static void tell(Consumer<Event> listener, Event event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      System.getLogger(LdkNode.class.getName())
          .log(System.Logger.Level.ERROR, "an event was not handled", e);
    }
  }

  @Override
  public void close() {
    eventThread.interrupt();
    constructor.interrupt();
  }

  private final class EventQueue implements ChannelManagerConstructor.EventHandler {
    @Override
    public void handle_event(Event event) {
      events.add(event);
    }

    @Override
    public void persist_manager(byte[] bytes) {}

    @Override
    public void persist_network_graph(byte[] bytes) {}
  }

  /** The nodes do not outlive the test. */
  private static final class NoPersistence implements Persist.PersistInterface {
    @Override
    public Result_NoneChannelMonitorUpdateErrZ persist_new_channel(
        OutPoint channel, ChannelMonitor monitor, MonitorUpdateId update) {
      return Result_NoneChannelMonitorUpdateErrZ.ok();
    }

    @Override
    public Result_NoneChannelMonitorUpdateErrZ update_persisted_channel(
        OutPoint channel,
        ChannelMonitorUpdate change,
        ChannelMonitor monitor,
        MonitorUpdateId update) {
      return Result_NoneChannelMonitorUpdateErrZ.ok();
    }
  }
}
