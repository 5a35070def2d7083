// SPDX-License-Identifier: Apache-2.0
/**
 * The secrets behind tokens: master keys, the root keys derived from them or kept one by one, and
 * the list of tokens that are refused although they were paid for.
 */
package io.l402.keys;
