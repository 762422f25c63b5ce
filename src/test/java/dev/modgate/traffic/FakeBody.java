package dev.modgate.traffic;

import dev.modgate.edge.ServedBody;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that knows how often it was read, and can be taken away. */
final class FakeBody implements ServedBody {

  private final byte[] bytes;
  private final boolean inMemory;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean evicted;

  private FakeBody(byte[] bytes, boolean inMemory) {
    this.bytes = bytes;
    this.inMemory = inMemory;
  }

  static FakeBody inAFile(byte[] bytes) {
    return new FakeBody(bytes, false);
  }

  static FakeBody inMemory(byte[] bytes) {
    return new FakeBody(bytes, true);
  }

  /** From now on it can't be read. */
  FakeBody evict() {
    evicted = true;
    return this;
  }

  int size() {
    return bytes.length;
  }

  int reads() {
    return reads.get();
  }

  @Override
  public long held() {
    return inMemory ? bytes.length : 0;
  }

  @Override
  public byte[] read(int most) throws IOException {
    reads.incrementAndGet();
    if (evicted) {
      throw new IOException("evicted");
    }
    return Arrays.copyOf(bytes, Math.min(most, bytes.length));
  }
}
