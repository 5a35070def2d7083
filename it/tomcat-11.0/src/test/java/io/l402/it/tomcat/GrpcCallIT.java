// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import io.l402.it.proxy.GrpcCallCases;

class GrpcCallIT extends GrpcCallCases {}
