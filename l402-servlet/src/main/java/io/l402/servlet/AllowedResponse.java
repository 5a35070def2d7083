// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The application's answer to a request that was allowed: its own, but for three fields.
 *
 * <p>The fields are right at every moment, so nothing needs to be done when the answer is
 * committed, on whichever thread that is, and nothing is held back. As long as the application has
 * not set {@code Cache-Control}, it does not see ours, so that it still chooses its own.
 */
final class AllowedResponse extends HttpServletResponseWrapper {
  private static final String VARY = "Vary";

  private final boolean paid;
  private final Consumer<HttpServletResponse> extra;
  private String vary = "";
  private boolean cacheControlIsOurs;

  /**
   * Sets the fields on an answer.
   *
   * @param paid whether it must be kept out of shared caches
   * @param extra what else is to be set, now and after a reset
   */
  AllowedResponse(HttpServletResponse response, boolean paid, Consumer<HttpServletResponse> extra) {
    super(response);
    this.paid = paid;
    this.extra = extra;
    preset();
  }

  private void preset() {
    if (paid) {
      String before = super.getHeader(CacheControl.NAME);
      super.setHeader(CacheControl.NAME, CacheControl.restrict(before == null ? "" : before));
      cacheControlIsOurs = before == null;
      vary = ChallengeWriter.CREDENTIAL_FIELDS;
      super.setHeader(VARY, super.containsHeader(VARY) ? varyWith(varyNow()) : vary);
    }
    extra.accept((HttpServletResponse) getResponse());
    vary = varyNow(); // whatever the application sets, all of these
  }

  private String varyNow() {
    Collection<String> fields = super.getHeaders(VARY);
    return fields.size() == 1 ? fields.iterator().next() : String.join(", ", fields);
  }

  /** Whether an answer is already one of these, and as strict. */
  static boolean covers(ServletResponse response, boolean paid) {
    ServletResponse inner = response;
    while (inner instanceof ServletResponseWrapper wrapper) {
      if (wrapper instanceof AllowedResponse allowed && (allowed.paid || !paid)) {
        return true;
      }
      inner = wrapper.getResponse();
    }
    return false;
  }

  @Override
  public void setHeader(String name, String value) {
    if (paid && CacheControl.NAME.equalsIgnoreCase(name)) {
      setCacheControl(value);
    } else if (VARY.equalsIgnoreCase(name)) {
      super.setHeader(name, varyWith(value));
    } else {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (paid && CacheControl.NAME.equalsIgnoreCase(name)) {
      addCacheControl(value);
    } else if (CorsPolicy.ALLOW_ORIGIN.equalsIgnoreCase(name)) {
      super.setHeader(name, value);
    } else {
      super.addHeader(name, value);
    }
  }

  private void setCacheControl(String value) {
    cacheControlIsOurs = value == null;
    super.setHeader(CacheControl.NAME, CacheControl.restrict(value == null ? "" : value));
  }

  private void addCacheControl(String value) {
    if (value == null || cacheControlIsOurs) {
      setCacheControl(value);
    } else {
      super.addHeader(CacheControl.NAME, CacheControl.restrict(value));
    }
  }

  private String varyWith(String value) {
    if (value == null || value.isBlank() || vary.isEmpty()) {
      return vary.isEmpty() ? value : vary;
    }
    StringBuilder all = new StringBuilder(value);
    String named = "," + value.toLowerCase(Locale.ROOT).replace(" ", "") + ",";
    for (String field : vary.split(", ")) {
      if (!named.contains("," + field.toLowerCase(Locale.ROOT) + ",")) {
        all.append(", ").append(field);
      }
    }
    return all.toString();
  }

  @Override
  public boolean containsHeader(String name) {
    return !isHidden(name) && super.containsHeader(name);
  }

  @Override
  public String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return isHidden(name) ? List.of() : super.getHeaders(name);
  }

  private boolean isHidden(String name) {
    return cacheControlIsOurs && CacheControl.NAME.equalsIgnoreCase(name);
  }

  @Override
  public void reset() {
    super.reset();
    preset();
  }
}
