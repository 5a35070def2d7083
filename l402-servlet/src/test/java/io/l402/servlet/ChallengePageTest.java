// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChallengePageTest {
  private final L402Challenge challenge = Challenges.of(2_500, "services=weather:0");
  private final String page = ChallengePage.of(challenge, Optional.empty());

  @Test
  void saysWhatToPayForWhatAndUntilWhen() {
    assertTrue(page.contains(">2,500 msat<"), page);
    assertTrue(page.contains("<dd>weather</dd>"), page);
    assertTrue(page.contains(" UTC</dd>"), page);
    assertTrue(page.contains(">" + challenge.invoice() + "</code>"), page);
    assertTrue(page.contains("href=\"lightning:" + challenge.invoice() + "\""), page);
    assertTrue(page.contains(challenge.macaroonBase64()), page);
    assertTrue(page.contains("a test network"), page);
    assertTrue(
        ChallengePage.of(Challenges.of(21_000_000), Optional.empty()).contains(">21,000 sat<"));
  }

  @Test
  void saysWhyATokenWasRefused() {
    String refused = ChallengePage.of(challenge, Optional.of(RejectionReason.EXPIRED));
    assertTrue(refused.contains("was not accepted: expired."), refused);
    assertFalse(page.contains("was not accepted"), page);
  }

  @Test
  void needsNoScriptAndNoSecondRequest() {
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains(" on"), () -> "an event handler in " + page);
    assertFalse(Pattern.compile("(src|srcset|action)=").matcher(page).find(), page);
    assertFalse(Pattern.compile("href=\"(?!lightning:)").matcher(page).find(), page);
    assertFalse(page.contains("url("), page);
    assertFalse(page.contains("style=\""), page);
  }

  @Test
  void allowsExactlyItsOwnStyle() throws Exception {
    String style = between(page, "<style>", "</style>");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        ChallengePage.CONTENT_SECURITY_POLICY.contains(
            "style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"));
    assertTrue(ChallengePage.CONTENT_SECURITY_POLICY.startsWith("default-src 'none';"));
  }

  @Test
  void escapesWhatAMacaroonSays() {
    L402Challenge hostile = Challenges.of(1_000, "services=\"><img src=x onerror='a'>&:0");
    String written = ChallengePage.of(hostile, Optional.empty());
    assertTrue(
        written.contains("<dd>&quot;&gt;&lt;img src=x onerror=&#39;a&#39;&gt;&amp;</dd>"), written);
    assertFalse(written.contains("<img"), written);
  }

  @Test
  void closesEveryElement() {
    Matcher tags = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>").matcher(page);
    java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
    while (tags.find()) {
      String name = tags.group(2);
      if (!tags.group(1).isEmpty()) {
        assertEquals(open.pop(), name);
      } else if (tags.group(3).isEmpty() && !name.equals("meta") && !name.equals("br")) {
        open.push(name);
      }
    }
    assertTrue(open.isEmpty(), open::toString);
  }

  @Test
  void drawsTheCodeThatAWalletReads() {
    String invoice = challenge.invoice().toString();
    QrCode code =
        QrCode.encodeText("LIGHTNING:" + invoice.toUpperCase(Locale.ROOT), QrCode.Ecc.LOW);
    boolean[][] drawn = new boolean[code.size][code.size];
    Matcher runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z").matcher(page);
    while (runs.find()) {
      assertEquals(runs.group(3), runs.group(4));
      for (int i = 0; i < Integer.parseInt(runs.group(3)); i++) {
        drawn[Integer.parseInt(runs.group(2)) - 4][Integer.parseInt(runs.group(1)) - 4 + i] = true;
      }
    }
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        assertEquals(code.getModule(x, y), drawn[y][x], "module " + x + "," + y);
      }
    }
  }

  @Test
  void leavesOutACodeThatWouldNotFit() {
    assertEquals("", QrSvg.ofInvoice("lnbc1" + "q".repeat(8_000)));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
