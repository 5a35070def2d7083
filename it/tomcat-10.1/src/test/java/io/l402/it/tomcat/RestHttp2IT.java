// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import io.l402.it.proxy.RestHttp2Cases;

class RestHttp2IT extends RestHttp2Cases {}
