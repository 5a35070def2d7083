// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.List;

/** Is told what comes of a request to speak another protocol: one of the three, and only once. */
interface UpgradeListener extends UpstreamListener {
  /** The upstream agrees, with these fields. */
  void switched(List<Field> fields, UpstreamTunnel tunnel);
}
