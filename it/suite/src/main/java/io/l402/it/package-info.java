// SPDX-License-Identifier: Apache-2.0
/**
 * What every container must do the same: a harness that each container's module implements, clients
 * that tidy nothing up, and the cases.
 */
package io.l402.it;
