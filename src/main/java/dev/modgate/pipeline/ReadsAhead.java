package dev.modgate.pipeline;

import dev.modgate.chain.Arrivals;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ReadAhead;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The zips of one fetch, read ahead while they come in; all that is held ends with the fetch. */
final class ReadsAhead implements Arrivals, AutoCloseable {

  private final ModuleVersion version;
  private final Map<Path, ReadAhead> zips = new HashMap<>();
  private boolean closed;

  /**
   * @param version that all of them claim to be
   */
  ReadsAhead(ModuleVersion version) {
    this.version = version;
  }

  /** The rest of a file is read on behind its beginning. */
  @Override
  public synchronized Arrival of(Path file) {
    return closed
        ? Arrival.UNWATCHED
        : new Watched(zips.computeIfAbsent(file, zip -> new ReadAhead(zip, version)));
  }

  /** What was read of a file: nothing, if it came in one piece. */
  synchronized ReadAhead find(Path file) {
    return Optional.ofNullable(zips.get(file)).orElseGet(ReadAhead::none);
  }

  @Override
  public synchronized void close() {
    closed = true;
    zips.values().forEach(ReadAhead::close);
    zips.clear();
  }

  private record Watched(ReadAhead zip) implements Arrival {
    @Override
    public void grown(long size) {
      zip.grown(size);
    }

    @Override
    public void gone() {
      zip.close();
    }
  }
}
