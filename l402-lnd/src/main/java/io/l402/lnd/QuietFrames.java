// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLogger;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.Log4J2LoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps gRPC from logging what it sends and receives. At DEBUG its transport logs every frame, with
 * all header fields, among them the macaroon, and the first bytes of each message, among them the
 * preimages of open invoices. That one log is turned off, for the class loader that gRPC is in;
 * every other goes where it went.
 */
final class QuietFrames extends InternalLoggerFactory {
  private static final String FRAMES = "io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler";
  private static final Logger NOWHERE = nowhere();

  private final InternalLoggerFactory others;

  private QuietFrames(InternalLoggerFactory others) {
    this.others = others;
  }

  /** Turns the log off; more than once is no error. */
  static synchronized void install() {
    InternalLoggerFactory now = InternalLoggerFactory.getDefaultFactory();
    if (!(now instanceof QuietFrames)) {
      InternalLoggerFactory.setDefaultFactory(new QuietFrames(now));
    }
  }

  private static Logger nowhere() {
    Logger logger = Logger.getLogger("io.l402.lnd.frames");
    logger.setLevel(Level.OFF);
    return logger;
  }

  @Override
  protected InternalLogger newInstance(String name) {
    JdkLoggerFactory jdk = (JdkLoggerFactory) JdkLoggerFactory.INSTANCE;
    if (name.equals(FRAMES)) {
      return jdk.newInstance(NOWHERE.getName());
    }
    if (others instanceof Slf4JLoggerFactory slf4j) {
      return slf4j.newInstance(name);
    }
    return others instanceof Log4J2LoggerFactory log4j
        ? log4j.newInstance(name)
        : jdk.newInstance(name);
  }
}
