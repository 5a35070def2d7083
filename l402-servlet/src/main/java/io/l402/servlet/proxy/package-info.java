// SPDX-License-Identifier: Apache-2.0
/**
 * The gate in front of other people's backends: {@link io.l402.servlet.proxy.L402ProxyServlet}
 * forwards what the filter let pass.
 */
package io.l402.servlet.proxy;
