// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/**
 * What stands behind the proxy, in a process of its own: Tomcat for HTTP, grpc-java for gRPC. It
 * says both ports, answers each line with the number of requests it has answered so far, and ends
 * with its input.
 */
final class UpstreamProcess {
  private UpstreamProcess() {}

  /** Runs until there is nothing more to read. */
  public static void main(String[] args) throws Exception {
    LongAdder answered = new LongAdder();
    try (Container container = new Container();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      container.deploy(
          "",
          (none, context) ->
              context.addServlet("weather", new Weather(answered)).addMapping(Weather.PATH));
      System.out.println(container.start());
      Server grpc =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(Echo.service(answered))
              .build()
              .start();
      System.out.println(grpc.getPort());
      while (in.readLine() != null) {
        System.out.println(answered.sum());
      }
      grpc.shutdownNow();
    }
    System.exit(0);
  }
}
