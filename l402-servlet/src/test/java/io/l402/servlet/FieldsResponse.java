// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.mockito.Mockito.mock;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** An answer that remembers its fields and its body, and knows nothing else. */
final class FieldsResponse extends HttpServletResponseWrapper {
  final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  Supplier<Map<String, String>> trailers;
  int status = 200;
  int resets;
  boolean committed;

  FieldsResponse() {
    super(mock(HttpServletResponse.class));
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void setHeader(String name, String value) {
    fields.put(name, new ArrayList<>(List.of(value)));
  }

  @Override
  public void addHeader(String name, String value) {
    fields.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
  }

  @Override
  public boolean containsHeader(String name) {
    return fields.containsKey(name);
  }

  @Override
  public String getHeader(String name) {
    return all(name).stream().findFirst().orElse(null);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return all(name);
  }

  @Override
  public void setContentType(String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public void setContentLength(int length) {
    setHeader("Content-Length", Integer.toString(length));
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    trailers = supplier;
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void flushBuffer() {
    committed = true;
  }

  @Override
  public void reset() {
    resets++;
    fields.clear();
    body.reset();
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("not asynchronous");
      }

      @Override
      public void write(int b) {
        body.write(b);
      }
    };
  }
}
