// SPDX-License-Identifier: Apache-2.0
/** Hashes for the packages of this module; not exported. */
package io.l402.crypto;
