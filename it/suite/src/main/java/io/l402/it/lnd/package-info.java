// SPDX-License-Identifier: Apache-2.0
/** A shop that is paid over lnd. */
package io.l402.it.lnd;
