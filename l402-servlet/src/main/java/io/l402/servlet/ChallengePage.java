// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402Challenge;
import io.l402.MilliSatoshi;
import io.l402.RejectionReason;
import io.l402.lightning.Network;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The challenge as a page for people: complete without script, without a second request, and with
 * nothing in it that is not escaped.
 */
final class ChallengePage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      *{box-sizing:border-box}
      body{margin:0;padding:1.5rem 1rem;font:1rem/1.5 system-ui,sans-serif;color:#1c1c1e;\
      background:#f4f4f6}
      main{max-width:26rem;margin:0 auto;padding:1.5rem;border-radius:1rem;background:#fff}
      h1{margin:0;font-size:1.1rem;font-weight:600}
      .amount{margin:.25rem 0 1rem;font-size:2.25rem;font-weight:700;line-height:1.2}
      .note{margin:0 0 1rem;padding:.75rem 1rem;border-radius:.5rem;background:#fdf0d5;\
      color:#5c3b00}
      svg{display:block;width:100%;height:auto;border-radius:.5rem}
      .pay{display:block;margin:1rem 0;padding:.85rem 1rem;border-radius:.6rem;\
      background:#b34700;color:#fff;font-weight:600;text-align:center;text-decoration:none}
      .pay:focus-visible,summary:focus-visible,code:focus-visible\
      {outline:3px solid #1667d9;outline-offset:2px}
      code{display:block;max-height:9rem;overflow:auto;padding:.6rem;border-radius:.5rem;\
      background:#ececf0;font-size:.85rem;overflow-wrap:anywhere;user-select:all}
      dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0}
      dt{color:#5a5a62}
      dd{margin:0;overflow-wrap:anywhere}
      h2{margin:1rem 0 .4rem;font-size:1rem}
      summary{cursor:pointer}
      @media (prefers-color-scheme:dark){body{color:#ececf0;background:#111113}\
      main{background:#1d1d20}code{background:#2b2b30}dt{color:#a9a9b3}\
      .note{background:#4a3410;color:#ffe3ad}.pay{background:#ffb366;color:#261400}}
      """
          .strip();

  /** Allows this style, and nothing else whatever. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private ChallengePage() {}

  /** The page for a challenge, and why a credential was refused, if one was. */
  static String of(L402Challenge challenge, Optional<RejectionReason> reason) {
    String invoice = HtmlText.escape(challenge.invoice().toString());
    String amount =
        HtmlText.escape(challenge.invoice().amount().map(ChallengePage::amount).orElse(""));
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>Payment required</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        <h1>Payment required</h1>
        <p class="amount">%s</p>
        %s<a href="lightning:%s" aria-label="Pay with a Lightning wallet">%s</a>
        <a class="pay" href="lightning:%s">Open in wallet</a>
        <h2 id="invoice">Lightning invoice</h2>
        <code tabindex="0" aria-labelledby="invoice">%s</code>
        <dl>
        %s</dl>
        <details>
        <summary>For programs</summary>
        <p>After paying, repeat the request with the header<br>
        <strong>Authorization: L402 &lt;macaroon&gt;:&lt;preimage&gt;</strong></p>
        <h2 id="macaroon">Macaroon</h2>
        <code tabindex="0" aria-labelledby="macaroon">%s</code>
        </details>
        </main>
        </body>
        </html>
        """
        .formatted(
            STYLE,
            amount,
            notes(challenge, reason),
            invoice,
            QrSvg.ofInvoice(challenge.invoice().toString()),
            invoice,
            invoice,
            facts(challenge),
            HtmlText.escape(challenge.macaroonBase64()));
  }

  private static String notes(L402Challenge challenge, Optional<RejectionReason> reason) {
    StringBuilder notes = new StringBuilder();
    reason.ifPresent(
        why -> note(notes, "The token you sent was not accepted: " + why.code() + "."));
    Network network = challenge.invoice().network();
    if (network != Network.MAINNET) {
      note(notes, "This invoice is for " + network + ", a test network: no real money.");
    }
    return notes.toString();
  }

  private static void note(StringBuilder notes, String text) {
    notes.append("<p class=\"note\">").append(HtmlText.escape(text)).append("</p>\n");
  }

  private static String facts(L402Challenge challenge) {
    StringBuilder facts = new StringBuilder();
    challenge.serviceName().ifPresent(service -> fact(facts, "Service", service));
    fact(facts, "Expires", TIME.format(challenge.invoice().expiresAt()));
    fact(facts, "Payment hash", challenge.invoice().paymentHash().toHex());
    return facts.toString();
  }

  private static void fact(StringBuilder facts, String name, String value) {
    facts.append("<dt>").append(name).append("</dt><dd>");
    facts.append(HtmlText.escape(value)).append("</dd>\n");
  }

  private static String amount(MilliSatoshi amount) {
    return amount.msat() % 1000 == 0
        ? String.format(Locale.ROOT, "%,d sat", amount.msat() / 1000)
        : String.format(Locale.ROOT, "%,d msat", amount.msat());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
