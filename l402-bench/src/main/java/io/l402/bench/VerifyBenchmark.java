// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import io.l402.caveat.Caveat;
import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.L402Gate;
import io.l402.gate.ServicePolicy;
import io.l402.keys.MasterKeys;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.GuardedBackend;
import io.l402.testkit.FakeLightning;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A request with a sold token of three caveats, from the {@code Authorization} value to the
 * decision, beside the crypto that it cannot avoid, and beside jmacaroons.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VerifyBenchmark {
  private static final int TOKENS = 512;
  private static final byte[] LABEL = "l402 root key".getBytes(StandardCharsets.US_ASCII);

  private final List<Sample> samples = new ArrayList<>();
  private GuardedBackend backend;
  private L402Gate gate;
  private ServicePolicy policy;
  private InetAddress client;
  private BareCrypto bareCrypto;
  private int next;

  /** Sells the tokens. */
  @Setup(Level.Trial)
  public void setUp() throws Exception {
    byte[] masterKey = new byte[MasterKeys.LENGTH];
    masterKey[0] = 1;
    RootKeyStore rootKeys = RootKeyStore.derived(MasterKeys.of(masterKey));
    for (int i = 0; i < TOKENS; i++) {
      samples.add(Sample.of(rootKeys, LABEL, i));
    }
    policy =
        ServicePolicy.builder(Sample.SERVICE)
            .timeout(Duration.ofDays(30))
            .capabilities(List.of("read", "write"))
            .requiredCapability("read")
            .build();
    backend = GuardedBackend.builder(FakeLightning.create()).build();
    gate = L402Gate.builder(rootKeys, List.of(policy)).backend(backend).build();
    client = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    bareCrypto = new BareCrypto(extract(masterKey));
  }

  /** HKDF-Extract with an empty salt, which is done once per key and not per request. */
  private static byte[] extract(byte[] masterKey) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    return mac.doFinal(masterKey);
  }

  /** Closes the node. */
  @TearDown(Level.Trial)
  public void tearDown() {
    backend.close();
  }

  private Sample sample() {
    next = (next + 1) % TOKENS;
    return samples.get(next);
  }

  /** The library: header value in, decision out. */
  @Benchmark
  public Decision gate() {
    List<String> values = List.of(sample().authorization());
    AccessRequest request =
        AccessRequest.of(
            policy,
            "GET",
            "/weather",
            name -> name.equals("Authorization") ? values : List.of(),
            client);
    Decision decision = gate.decide(request).toCompletableFuture().join();
    return require(decision, decision instanceof Decision.Granted);
  }

  /** The crypto and base64 of the same token, and nothing else. */
  @Benchmark
  public int bareCrypto() {
    int length = bareCrypto.run(sample());
    return require(length, length > 0);
  }

  /**
   * jmacaroons: its own form in, valid or not out. It is handed the root key and checks neither the
   * payment nor what the caveats mean: only that their texts are the expected ones.
   */
  @Benchmark
  public boolean jmacaroons() {
    Sample sample = sample();
    var macaroon =
        com.github.nitram509.jmacaroons.Macaroon.deserialize(sample.text(), MacaroonsSerializer.V2);
    MacaroonsVerifier verifier = new MacaroonsVerifier(macaroon);
    for (Caveat caveat : Sample.CAVEATS) {
      verifier.satisfyExact(caveat.toString());
    }
    return require(true, verifier.isValid(sample.rootKey()));
  }

  private static <T> T require(T result, boolean right) {
    if (!right) {
      throw new IllegalStateException("refused, so that nothing was measured: " + result);
    }
    return result;
  }
}
