// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.RawResponse;
import io.l402.it.war.WarClient.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ask, pay, get in; and every way in which a token that was changed does not. */
public abstract class WarFlowCases extends WarCase {
  private static final String BASE64 = "[A-Za-z0-9+/]+={0,2}";
  private static final String INVOICE = "lnbcrt[0-9a-z]+";

  @Test
  void challengesInBothFieldsExactlyAsOldAndNewClientsReadThem() throws IOException {
    RawResponse answer = client.get("/weather");
    assertEquals(402, answer.status());
    List<String> fields = answer.all("WWW-Authenticate");
    assertEquals(2, fields.size(), fields::toString);
    String macaroon = answer.challenge("macaroon");
    String invoice = answer.challenge("invoice");
    String offer = "macaroon=\"" + macaroon + "\", invoice=\"" + invoice + "\"";
    assertEquals("LSAT " + offer, fields.get(0));
    assertEquals("L402 " + offer + ", version=\"0\", token=\"" + macaroon + "\"", fields.get(1));
    assertTrue(macaroon.matches(BASE64) && macaroon.length() % 4 == 0, macaroon);
    assertTrue(invoice.matches(INVOICE), invoice);
    assertEquals("no-store", answer.first("Cache-Control").orElse(""));
    assertEquals(
        "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Grpc-Metadata-Token, Accept",
        String.join(", ", answer.all("Vary")));
    assertEquals("payment required\n", answer.body());
  }

  @Test
  void letsInWhoPaid() throws IOException {
    Token token = client.buy("/weather");
    RawResponse answer = client.get("/weather", token.field());
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("Null Island"), answer.body());
    assertEquals(200, client.get("/weather", token.field()).status(), "again");
    assertEquals(200, client.post("/weather", "for=tomorrow", token.field()).status(), "POST");
    assertEquals(200, client.send("HEAD", "/weather", token.field()).status(), "HEAD");
  }

  @Test
  void sellsWhatABackendBehindTheProxyServes() throws IOException {
    Token token = client.buy("/proxy/tide");
    RawResponse answer = client.get("/proxy/tide", token.field());
    assertEquals(200, answer.status());
    assertTrue(answer.body().startsWith("{\"metres\":"), answer.body());
    assertEquals("private", answer.first("Cache-Control").orElse(""));
    RawResponse events = client.get("/proxy/tides", token.field());
    assertEquals("text/event-stream", events.first("Content-Type").orElse(""));
    assertEquals(6, events.body().split("data: ").length - 1, events.body());
    assertEquals(404, client.get("/proxy/nothing", token.field()).status(), "the backend's own");
    assertEquals(402, client.get("/weather", token.field()).status(), "it is for the tide only");
  }

  @Test
  void letsInAnOldClient() throws IOException {
    String field = client.buy("/weather").field().replace("L402", "LSAT");
    assertEquals(200, client.get("/weather", field).status());
  }

  @Test
  void obeysWhatTheHolderAdded() throws IOException {
    Token token = client.buy("/weather");
    long now = Instant.now().getEpochSecond();
    Token brief = token.attenuate("weather_valid_until=" + (now + 600));
    assertEquals(200, client.get("/weather", brief.field()).status());
    assertRefused("expired", token.attenuate("weather_valid_until=" + (now - 1)));
    assertRefused("caveat", brief.attenuate("weather_valid_until=" + (now + 6000)));
    assertEquals(200, client.get("/weather", token.attenuate("note=mine").field()).status());
  }

  @Test
  void refusesATokenOfAnotherService() throws IOException {
    Token token = client.buy("/weather");
    assertReason("wrong_service", client.get("/report", token.field()));
  }

  @Test
  void asksForTheCapabilityOfTheReport() throws IOException {
    Token token = client.buy("/report");
    RawResponse answer = client.get("/report", token.field());
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("Harbour report"), answer.body());
    Token none = token.attenuate("report_capabilities=");
    assertReason("caveat", client.get("/report", none.field()));
  }

  @Test
  void refusesATokenOfWhichAnyByteOfTheMacaroonWasChanged() throws IOException {
    Token token = client.buy("/weather");
    byte[] bytes = token.bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      RawResponse answer = client.get("/weather", token.with(changed).field());
      if (isInLocation(i)) {
        assertEquals(200, answer.status(), "nobody signs the location");
      } else {
        assertEquals(402, answer.status(), "byte " + i);
        assertTrue(reason(answer).matches("malformed|wrong_preimage|bad_signature"), "byte " + i);
      }
    }
  }

  /** {@code 02 01 04 lsat}: the value begins behind version, type and length. */
  private static boolean isInLocation(int index) {
    return index >= 3 && index < 7;
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 40, 43, 74})
  void saysWhatIsWrongWithAChangedIdentifier(int index) throws IOException {
    // The identifier's 66 bytes begin at 9: version, payment hash from 11, token id from 43.
    String expected = index < 43 ? "wrong_preimage" : "bad_signature";
    Token token = client.buy("/weather");
    byte[] changed = token.bytes();
    changed[index] ^= 1;
    assertRefused(expected, token.with(changed));
  }

  @Test
  void saysWhatIsWrongWithAChangedCaveatOrSignature() throws IOException {
    Token token = client.buy("/weather");
    byte[] caveat = token.bytes();
    caveat[caveat.length - 37] ^= 1;
    assertRefused("bad_signature", token.with(caveat));
    byte[] signature = token.bytes();
    signature[signature.length - 1] ^= 1;
    assertRefused("bad_signature", token.with(signature));
  }

  @Test
  void refusesATokenOfWhichAnyDigitOfThePreimageWasChanged() throws IOException {
    Token token = client.buy("/weather");
    for (int i = 0; i < token.preimage().length(); i++) {
      char[] digits = token.preimage().toCharArray();
      digits[i] = digits[i] == '0' ? '1' : '0';
      assertRefused("wrong_preimage", new Token(token.macaroon(), new String(digits)));
    }
  }

  @Test
  void refusesThePreimageOfAnotherInvoice() throws IOException {
    Token one = client.buy("/weather");
    Token two = client.buy("/weather");
    assertNotEquals(one.preimage(), two.preimage());
    assertRefused("wrong_preimage", new Token(one.macaroon(), two.preimage()));
  }

  @Test
  void refusesWhatIsNoToken() throws IOException {
    String junk = Base64.getEncoder().encodeToString(new byte[80]);
    assertRefused("malformed", new Token(junk, "00".repeat(31) + "01"));
  }

  private void assertRefused(String reason, Token token) throws IOException {
    assertReason(reason, client.get("/weather", token.field()));
  }

  private static void assertReason(String reason, RawResponse answer) {
    assertEquals(402, answer.status(), answer::toString);
    assertEquals(reason, reason(answer));
  }

  private static String reason(RawResponse answer) {
    String last = answer.all("WWW-Authenticate").get(1);
    assertTrue(last.endsWith("\""), last);
    return answer.challenge("error");
  }
}
