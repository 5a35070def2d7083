// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402ConfigException;
import io.l402.lightning.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Makes {@link LndSettings}. For use by one thread. */
public final class LndSettingsBuilder {
  final LndAddress address;
  Source certificate;
  String serverName;
  Source macaroon;
  Network network = Network.MAINNET;
  Duration invoiceExpiry = Duration.ofMinutes(10);
  boolean privateChannels;
  Duration deadline = Duration.ofSeconds(2);

  LndSettingsBuilder(LndAddress address) {
    this.address = address;
  }

  private LndSettingsBuilder(LndSettingsBuilder other) {
    address = other.address;
    certificate = other.certificate;
    serverName = other.serverName;
    macaroon = other.macaroon;
    network = other.network;
    invoiceExpiry = other.invoiceExpiry;
    privateChannels = other.privateChannels;
    deadline = other.deadline;
  }

  /**
   * The file with the certificate that lnd must present, {@code tls.cert}. It is read again at each
   * handshake, so one that lnd has replaced heals by itself.
   *
   * <p>Without this or {@link #tlsCertificate(String)} lnd must present a certificate that the
   * platform trusts. There is no way to trust any.
   */
  public LndSettingsBuilder tlsCertificate(Path file) {
    certificate = Source.file(file);
    return this;
  }

  /** The certificate that lnd must present itself: PEM, or base64 of it or of its DER form. */
  public LndSettingsBuilder tlsCertificate(String pemOrBase64) {
    certificate = Source.text("a certificate", pemOrBase64);
    return this;
  }

  /**
   * The name that lnd's certificate is for, where that is not the address: behind a tunnel.
   *
   * @throws IllegalArgumentException if it is no name of a host
   */
  public LndSettingsBuilder serverName(String name) {
    if (!LndAddress.isName(name)) {
      throw new IllegalArgumentException("expected the name of a host");
    }
    serverName = name;
    return this;
  }

  /**
   * The file with the macaroon. It is read again when it changes.
   *
   * @throws IllegalArgumentException if this is a macaroon in hex, which must not be printed as the
   *     name of a file
   */
  public LndSettingsBuilder macaroon(Path file) {
    if (file.toString().matches("[0-9A-Fa-f]{64,}")) {
      throw new IllegalArgumentException("this is no path but hex; give it as macaroonhex");
    }
    macaroon = Source.file(file);
    return this;
  }

  /** The macaroon itself, in hex. */
  public LndSettingsBuilder macaroonHex(String hex) {
    macaroon = Source.text("hex", hex);
    return this;
  }

  /** The network of lnd's invoices, for the messages; {@code mainnet} by default. */
  public LndSettingsBuilder network(Network value) {
    network = Objects.requireNonNull(value, "network");
    return this;
  }

  /**
   * The longest that an invoice may be payable, whoever asks for more; ten minutes by default.
   * Every challenge leaves an invoice in lnd's database.
   *
   * @throws IllegalArgumentException if it is under a second or over a year, which lnd refuses
   */
  public LndSettingsBuilder invoiceExpiry(Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("lnd: expected an invoice expiry of a second to a year");
    }
    invoiceExpiry = value;
    return this;
  }

  /**
   * Whether invoices name private channels as a way to the node, for a node that has no others. Off
   * by default: it tells every payer about them.
   */
  public LndSettingsBuilder privateChannels(boolean value) {
    privateChannels = value;
    return this;
  }

  /**
   * How long lnd may take to answer a call; two seconds by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LndSettingsBuilder deadline(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("lnd: expected a deadline above zero");
    }
    deadline = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws L402ConfigException if there is no macaroon
   */
  public LndSettings build() {
    if (macaroon == null) {
      throw new L402ConfigException("lnd: no macaroon: give macaroonpath, macdir or macaroonhex");
    }
    return new LndSettings(new LndSettingsBuilder(this));
  }
}
