// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.caveat.CaveatChecker;
import io.l402.caveat.CaveatContext;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.macaroon.RootKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Tokens that another implementation made are decided on as vectors/macaroons.json says. */
class L402VerifierVectorTest {
  /** One presentation of one token for one service. */
  record Row(
      String name, String scheme, RequestHeaders headers, Map<?, ?> token, Map<?, ?> decision) {
    @Override
    public String toString() {
      return name + ", " + scheme + ", for " + decision.get("service");
    }
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Object element : (List<?>) root().get("tokens")) {
      Map<?, ?> token = (Map<?, ?>) element;
      Map<?, ?> schemes = (Map<?, ?>) token.get("authorization");
      for (Object decision : (List<?>) token.get("decisions")) {
        for (Object scheme : schemes.keySet()) {
          rows.add(row(token, decision, (String) scheme, "authorization", schemes.get(scheme)));
        }
        if (!token.containsKey("attenuated")) {
          Object hex = ((Map<?, ?>) token.get("with_preimage_caveat")).get("v2_hex");
          rows.add(row(token, decision, "metadata", "grpc-metadata-macaroon", hex));
        }
      }
    }
    return rows;
  }

  private static Row row(
      Map<?, ?> token, Object decision, String scheme, String field, Object value) {
    RequestHeaders headers =
        name -> name.equalsIgnoreCase(field) ? List.of((String) value) : List.of();
    return new Row((String) token.get("name"), scheme, headers, token, (Map<?, ?>) decision);
  }

  private static Map<?, ?> root() {
    try (InputStream in =
        L402VerifierVectorTest.class.getResourceAsStream("/vectors/macaroons.json")) {
      return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreRowsForAllTwelveTokens() {
    assertEquals(12, rows().stream().map(Row::name).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decidesAsTheVectorSays(Row row) {
    RootKey key = RootKey.of(HexFormat.of().parseHex((String) row.token().get("root_key")));
    L402Verifier verifier =
        new L402Verifier(new OneKey(key), new NothingRevoked(), CaveatChecker.builder().build());
    Instant now = Instant.ofEpochSecond(((Number) row.token().get("now")).longValue());
    CaveatContext context =
        CaveatContext.builder((String) row.decision().get("service"), now).build();
    L402Credential credential = L402Credential.from(row.headers()).orElseThrow();
    Verification verification = verifier.verify(credential, context);
    String verdict =
        verification instanceof Verification.Rejected rejected
            ? rejected.reason().code()
            : "granted";
    assertEquals(row.decision().get("expect"), verdict);
  }

  @Test
  void noVectorIsGrantedUnderAnotherKey() {
    L402Verifier verifier =
        new L402Verifier(
            new OneKey(RootKey.of(new byte[32])),
            new NothingRevoked(),
            CaveatChecker.builder().build());
    for (Row row : rows()) {
      Verification verification =
          verifier.verify(
              L402Credential.from(row.headers()).orElseThrow(),
              CaveatContext.builder("api", Instant.EPOCH).build());
      assertTrue(
          verification.equals(new Verification.Rejected(RejectionReason.BAD_SIGNATURE)),
          row.toString());
    }
  }

  private record OneKey(RootKey key) implements RootKeyStore {
    @Override
    public RootKey create(L402Identifier identifier) {
      return key;
    }

    @Override
    public List<RootKey> candidates(L402Identifier identifier) {
      return List.of(key);
    }
  }

  private static final class NothingRevoked implements RevocationList {
    @Override
    public boolean isRevoked(TokenId tokenId) {
      return false;
    }

    @Override
    public void revoke(TokenId tokenId, Instant until) {
      throw new UnsupportedOperationException();
    }
  }
}
