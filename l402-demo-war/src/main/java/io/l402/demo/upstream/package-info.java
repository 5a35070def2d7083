// SPDX-License-Identifier: Apache-2.0
/**
 * Two small backends that know nothing of payment, as other people's would be: one speaks REST, one
 * gRPC. The demo's proxy sells what they serve.
 */
package io.l402.demo.upstream;
