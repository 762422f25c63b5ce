package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import java.util.Arrays;

/** Bytes that are in memory. */
record TextBody(Outcome.Content content) implements ServedBody {

  @Override
  public long held() {
    return content.bytes().length;
  }

  @Override
  public byte[] read(int most) {
    byte[] bytes = content.bytes();
    return most >= bytes.length ? bytes : Arrays.copyOf(bytes, most);
  }
}
