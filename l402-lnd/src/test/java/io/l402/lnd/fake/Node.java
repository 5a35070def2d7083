// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

/** What lasts when the server in front of it is restarted. */
final class Node {
  final LndProfile profile;
  final InvoiceMaker maker;
  final Faults faults;
  final Subscriptions subscriptions;
  final Ledger ledger;
  final WalletLock lock = new WalletLock();

  Node(FakeLndBuilder builder) {
    this.profile = builder.profile;
    this.maker = new InvoiceMaker(builder.network, builder.key);
    this.faults = new Faults();
    this.subscriptions = new Subscriptions(faults);
    this.ledger = new Ledger(builder, subscriptions::changed);
  }
}
