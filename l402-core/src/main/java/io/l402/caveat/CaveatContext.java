// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.MilliSatoshi;
import io.l402.RequestHeaders;
import io.l402.Service;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The request that caveats are judged for.
 *
 * <p>Immutable and safe for use by many threads if its headers are.
 */
public final class CaveatContext {
  private final String service;
  private final Instant now;
  private final int minTier;
  private final Optional<String> requiredCapability;
  private final boolean fixedPrice;
  private final Optional<MilliSatoshi> priceNow;
  private final String method;
  private final String path;
  private final RequestHeaders headers;
  private final Optional<InetAddress> client;

  private CaveatContext(Builder builder) {
    service = builder.service;
    now = builder.now;
    minTier = builder.minTier;
    requiredCapability = builder.requiredCapability;
    fixedPrice = builder.fixedPrice;
    priceNow = builder.priceNow;
    method = builder.method;
    path = builder.path;
    headers = builder.headers;
    client = builder.client;
  }

  /**
   * A request for a service: GET of {@code /}, at a fixed price, any tier, until told otherwise.
   *
   * @param service the service's name
   * @param now the time the token is used
   */
  public static Builder builder(String service, Instant now) {
    return new Builder(service, now);
  }

  /** The name of the service asked for. */
  public String service() {
    return service;
  }

  /** The time of the request. */
  public Instant now() {
    return now;
  }

  /** The lowest tier that will do. */
  public int minTier() {
    return minTier;
  }

  /** The capability that is needed, if any. */
  public Optional<String> requiredCapability() {
    return requiredCapability;
  }

  /** Whether the price is the same for every request; if not, tokens are bound to a resource. */
  public boolean fixedPrice() {
    return fixedPrice;
  }

  /** What the request costs now, where that is computed in process. */
  public Optional<MilliSatoshi> priceNow() {
    return priceNow;
  }

  /** The method of the request, in upper case. */
  public String method() {
    return method;
  }

  /** The canonical path of the request. */
  public String path() {
    return path;
  }

  /** The header fields of the request. */
  public RequestHeaders headers() {
    return headers;
  }

  /** The client's address, past trusted proxies, where there is one. */
  public Optional<InetAddress> client() {
    return client;
  }

  @Override
  public String toString() {
    return "CaveatContext[" + service + ", " + method + "]";
  }

  /** Collects a context. */
  public static final class Builder {
    private final String service;
    private final Instant now;
    private int minTier;
    private Optional<String> requiredCapability = Optional.empty();
    private boolean fixedPrice = true;
    private Optional<MilliSatoshi> priceNow = Optional.empty();
    private String method = "GET";
    private String path = "/";
    private RequestHeaders headers = RequestHeaders.NONE;
    private Optional<InetAddress> client = Optional.empty();

    private Builder(String service, Instant now) {
      this.service = Objects.requireNonNull(service, "service");
      this.now = Objects.requireNonNull(now, "now");
    }

    /** The lowest tier that will do, from 0 to 255. */
    public Builder minTier(int minTier) {
      if (minTier < 0 || minTier > Service.MAX_TIER) {
        throw new IllegalArgumentException("minimum tier: " + minTier + " is not in 0..255");
      }
      this.minTier = minTier;
      return this;
    }

    /** The capability that is needed. */
    public Builder requiredCapability(Optional<String> capability) {
      this.requiredCapability = Objects.requireNonNull(capability, "capability");
      return this;
    }

    /** Says that prices differ between requests, and what this one costs now if that is known. */
    public Builder computedPrice(Optional<MilliSatoshi> priceNow) {
      this.fixedPrice = false;
      this.priceNow = Objects.requireNonNull(priceNow, "priceNow");
      return this;
    }

    /** What is asked for. */
    public Builder resource(String method, String path) {
      this.method = Objects.requireNonNull(method, "method");
      this.path = Objects.requireNonNull(path, "path");
      return this;
    }

    /** Who asks, and how. */
    public Builder request(RequestHeaders headers, InetAddress client) {
      this.headers = Objects.requireNonNull(headers, "headers");
      this.client = Optional.of(client);
      return this;
    }

    /** Makes the context. */
    public CaveatContext build() {
      return new CaveatContext(this);
    }
  }
}
