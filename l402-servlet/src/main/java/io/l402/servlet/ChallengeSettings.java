// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.ChallengeFormat;
import java.time.Duration;

/**
 * How challenges are made and written.
 *
 * @param format which fields and parameters
 * @param invalidCredentialStatus the answer to a credential that does not do: 402 or 401
 * @param invoiceExpiry how long invoices can be paid, if the service's tokens live as long
 * @param backendDeadline how long the node may take
 * @param maxInFlight how many invoices are asked for at once, at most
 * @param limits how many challenges may be made
 */
record ChallengeSettings(
    ChallengeFormat format,
    int invalidCredentialStatus,
    Duration invoiceExpiry,
    Duration backendDeadline,
    int maxInFlight,
    ChallengeLimits limits) {}
