// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Header fields, and requests that have them. */
record TestHeaders(Map<String, List<String>> fields) implements RequestHeaders {
  private static final ServicePolicy SERVICE = ServicePolicy.builder("a").build();

  static TestHeaders of(String... namesAndValues) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new TestHeaders(fields);
  }

  static AccessRequest request(String method, String path, String... namesAndValues) {
    return AccessRequest.of(
        SERVICE, method, path, of(namesAndValues), InetAddress.getLoopbackAddress());
  }

  @Override
  public List<String> values(String name) {
    return fields.getOrDefault(name, List.of());
  }

  @Override
  public Collection<String> names() {
    return fields.keySet();
  }
}
