// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponsePumpTest {
  private final ServletOutputStream out = mock();
  private final Ends owner = new Ends();

  private ResponsePump pump(BodySource source) {
    when(out.isReady()).thenReturn(true);
    return new ResponsePump(out, source, Optional.empty(), false, owner, Runnable::run);
  }

  /** An answer that nobody can go on reading must neither hang nor look complete. */
  @Test
  void breaksOffWhenTheUpstreamCannotBeWaitedFor() {
    IllegalStateException why = new IllegalStateException("no");
    ResponsePump pump = pump(new Unwaitable(why));
    pump.onWritePossible();
    assertEquals(List.of("broke: " + why), owner.told);
  }

  private record Unwaitable(RuntimeException why) implements BodySource {
    @Override
    public int read(byte[] into) {
      return 0;
    }

    @Override
    public void onReadable(Runnable readable) {
      throw why;
    }
  }

  /** How it ended. */
  private static final class Ends implements ResponsePump.Owner {
    private final List<String> told = new ArrayList<>();

    @Override
    public void moved() {}

    @Override
    public void responseEnded() {
      told.add("ended");
    }

    @Override
    public void responseBroke(Throwable why) {
      told.add("broke: " + why);
    }

    @Override
    public void clientGone(Throwable why) {
      told.add("gone: " + why);
    }
  }
}
