// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.alpn.client.ALPNClientConnectionFactory;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's HTTP client, for HTTP/1.1 and HTTP/2. It and the other classes whose names begin with
 * Jetty are all that knows of it, and use nothing that is not in both Jetty 12.0 and 12.1.
 */
final class JettyUpstreamClient implements UpstreamClient {
  /** What is held of one stream for a client that does not read. */
  private static final int STREAM_WINDOW = 256 * 1024;

  /** All that there is: who does not read must not keep the others of a connection from reading. */
  private static final int CONNECTION_WINDOW = Integer.MAX_VALUE;

  private static final int BUFFER = 16 * 1024;

  /** What is read of an answer at once; small, because it is made anew for each. */
  private static final int ANSWER_BUFFER = 4 * 1024;

  private static final int POOL_STEP = 2 * 1024;
  private static final int LARGEST_POOLED = 64 * 1024;
  private static final int MAX_HEADERS = 64 * 1024;
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 2;
  private static final int MAX_CONNECTIONS = 4_096;
  private static final int MAX_QUEUED = 4_096;
  private static final long UNUSED_MILLIS = 30_000;

  private final HttpClient client;

  private JettyUpstreamClient(HttpClient client) {
    this.client = client;
  }

  /** A client that has been started, for this way of checking certificates. */
  static UpstreamClient start(ClientKey key) {
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(trust(key));
    HTTP2Client http2 = new HTTP2Client(connector);
    http2.setInitialStreamRecvWindow(STREAM_WINDOW);
    http2.setInitialSessionRecvWindow(CONNECTION_WINDOW);
    HttpClientTransportDynamic transport =
        new HttpClientTransportDynamic(
            connector,
            HttpClientConnectionFactory.HTTP11,
            new ClientConnectionFactoryOverHTTP2.HTTP2(http2));
    transport.setConnectionPoolFactory(upstream -> new JettyPool(upstream, MAX_CONNECTIONS));
    HttpClient client = new HttpClient(transport);
    client.setExecutor(threads());
    configure(client, key);
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    changeNothing(client);
    http2.setInputBufferSize(BUFFER); // it took over that of HTTP/1.1
    return new JettyUpstreamClient(client);
  }

  /**
   * Makes sure that all of the client is there.
   *
   * @throws LinkageError if a class is missing
   * @throws IllegalStateException if nothing can negotiate HTTP/2 over TLS
   */
  static void check() {
    new ALPNClientConnectionFactory(Runnable::run, (endPoint, context) -> null, List.of("h2"));
    start(new ClientKey(new Upstream.Tls(Optional.empty(), false), Duration.ofSeconds(1))).close();
  }

  private static Executor threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("l402-proxy");
    threads.setDaemon(true);
    return threads;
  }

  private static void configure(HttpClient client, ClientKey key) {
    client.setConnectTimeout(key.connect().toMillis());
    client.setIdleTimeout(UNUSED_MILLIS);
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
    client.setRequestBufferSize(BUFFER);
    useAnswersOnce(client);
    client.setMaxRequestHeadersSize(MAX_HEADERS);
    client.setMaxResponseHeadersSize(MAX_HEADERS);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setFollowRedirects(false);
  }

  /**
   * No answer over HTTP/1.1 is read into a buffer in which another was. Jetty gives the buffer of
   * an answer that breaks off back while whoever found its head may yet clear it: if another answer
   * is in it by then, that is lost (jetty.project issue 12934 asks for a review of it). So what is
   * as small as that is not used again, and does not lie outside the heap.
   */
  private static void useAnswersOnce(HttpClient client) {
    client.setByteBufferPool(new ArrayByteBufferPool(ANSWER_BUFFER + 1, POOL_STEP, LARGEST_POOLED));
    client.setResponseBufferSize(ANSWER_BUFFER);
    client.setUseInputDirectByteBuffers(false);
    client.setUseOutputDirectByteBuffers(false);
  }

  /** An answer passes as it is: not decoded, not followed, nobody logged in. */
  private static void changeNothing(HttpClient client) {
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
  }

  private static SslContextFactory.Client trust(ClientKey key) {
    Upstream.Tls tls = key.tls();
    SslContextFactory.Client trust = new SslContextFactory.Client(tls.insecureSkipVerify());
    if (tls.insecureSkipVerify()) {
      trust.setEndpointIdentificationAlgorithm(null);
      return trust;
    }
    trust.setEndpointIdentificationAlgorithm("HTTPS");
    trust.setHostnameVerifier((host, session) -> TrustedCertificates.isCurrent(session));
    tls.certPath().ifPresent(file -> trust.setTrustStore(TrustedCertificates.read(file)));
    return trust;
  }

  @Override
  public UpstreamExchange open(UpstreamRequest request, UpstreamListener listener) {
    return new JettyExchange(client, request, listener);
  }

  @Override
  public UpstreamExchange openUpgrade(UpstreamRequest request, UpgradeListener listener) {
    return new JettyExchange(client, request, listener)
        .upgradable((response, endPoint) -> switched(response, endPoint, listener));
  }

  private void switched(Response response, EndPoint endPoint, UpgradeListener listener) {
    JettyTunnel tunnel = new JettyTunnel(endPoint, client.getExecutor());
    endPoint.upgrade(tunnel);
    listener.switched(JettyFields.of(response.getHeaders()), tunnel);
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }
}
