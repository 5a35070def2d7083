// SPDX-License-Identifier: Apache-2.0
/** The proxying servlet in a container: everything it must carry, and how it must fail. */
package io.l402.it.proxy;
