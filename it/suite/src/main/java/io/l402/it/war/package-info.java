// SPDX-License-Identifier: Apache-2.0
/** What the demo WAR must do wherever it runs: in each container, and by itself. */
package io.l402.it.war;
