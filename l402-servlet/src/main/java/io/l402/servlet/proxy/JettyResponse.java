// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;

/** An answer as Jetty's client gives it. */
final class JettyResponse implements UpstreamResponse {
  private final Response response;
  private final Content.Source source;
  private final AtomicReference<Runnable> waiting = new AtomicReference<>();
  private volatile boolean broken;
  private Content.Chunk chunk;
  private HttpFields trailers;

  JettyResponse(Response response, Content.Source source) {
    this.response = response;
    this.source = source;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public List<Field> fields() {
    return JettyFields.of(response.getHeaders());
  }

  @Override
  public int read(byte[] into) throws IOException {
    while (true) {
      if (chunk == null) {
        chunk = source.read();
      }
      if (chunk == null) {
        return 0;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw new IOException("the answer broke off", chunk.getFailure());
      }
      int count = take(into);
      if (count != 0) {
        return count;
      }
    }
  }

  /** Some of the chunk's bytes; 0 if it had none left and others may follow. */
  private int take(byte[] into) {
    ByteBuffer bytes = chunk.getByteBuffer();
    int count = Math.min(bytes.remaining(), into.length);
    bytes.get(into, 0, count);
    if (bytes.hasRemaining()) {
      return count;
    }
    if (chunk instanceof Trailers last) {
      trailers = last.getTrailers();
    }
    boolean end = chunk.isLast();
    if (end && count > 0) {
      return count; // kept, so that the end is found the next time
    }
    chunk.release();
    chunk = end ? Content.Chunk.EOF : null;
    return end ? END : count;
  }

  @Override
  public void onReadable(Runnable readable) {
    waiting.set(readable);
    source.demand(this::wake);
    if (broken) {
      wake();
    }
  }

  /** Jetty tells a reader who waits of more to read, but not that the exchange was broken off. */
  void breakOff() {
    broken = true;
    wake();
  }

  private void wake() {
    Runnable reader = waiting.getAndSet(null);
    if (reader != null) {
      reader.run();
    }
  }

  /** Over HTTP/2 they come behind the body, over HTTP/1.1 with the answer. */
  @Override
  public Map<String, String> trailers() {
    Map<String, String> found = new LinkedHashMap<>();
    HttpFields fields = trailers == null ? response.getTrailers() : trailers;
    if (fields != null) {
      for (HttpField field : fields) {
        String value = Objects.requireNonNullElse(field.getValue(), "");
        found.merge(field.getLowerCaseName(), value, (one, two) -> one + "," + two);
      }
    }
    return found;
  }
}
