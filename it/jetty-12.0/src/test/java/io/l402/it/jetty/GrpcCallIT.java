// SPDX-License-Identifier: Apache-2.0
package io.l402.it.jetty;

import io.l402.it.proxy.GrpcCallCases;

class GrpcCallIT extends GrpcCallCases {}
