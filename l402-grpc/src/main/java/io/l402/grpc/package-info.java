// SPDX-License-Identifier: Apache-2.0
/** Prices that are asked for over gRPC: {@code dynamicprice} of the configuration. */
package io.l402.grpc;
