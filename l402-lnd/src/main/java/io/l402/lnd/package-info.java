// SPDX-License-Identifier: Apache-2.0
/** lnd as the Lightning node: {@link io.l402.lnd.LndBackend} and what it is made from. */
package io.l402.lnd;
