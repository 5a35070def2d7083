// SPDX-License-Identifier: Apache-2.0
/** The filter in a container: what it lets through, what it answers, and what it never does. */
package io.l402.it.filter;
