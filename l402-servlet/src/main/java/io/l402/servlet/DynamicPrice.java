// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a service's prices are asked for. A {@link io.l402.gate.Pricer} given in code may use it.
 *
 * @param grpcAddress the price server
 * @param insecure whether it is spoken to in the clear
 * @param tlsCertPath what its certificate is checked against
 * @param metered whether usage is reported to it
 * @param usageTailBytes how much of the end of an answer it is sent
 */
record DynamicPrice(
    String grpcAddress,
    boolean insecure,
    Optional<Path> tlsCertPath,
    boolean metered,
    int usageTailBytes) {}
