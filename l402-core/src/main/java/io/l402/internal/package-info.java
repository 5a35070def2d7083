// SPDX-License-Identifier: Apache-2.0
/** What this library's own modules share; exported to them only, and no API. */
package io.l402.internal;
