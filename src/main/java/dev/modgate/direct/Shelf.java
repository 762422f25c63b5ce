package dev.modgate.direct;

import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads that wait for the rest of them to be asked for: the go command wants the go.mod files
 * of a whole build before the first zip. Bounded in number, memory, disk and age; the oldest goes
 * first.
 */
final class Shelf {

  static final Duration KEPT = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger("modgate.direct");

  private static final int MOST = 1000;
  private static final long MEMORY = 64L << 20;
  private static final long DISK = 2L << 30;

  private final InstantSource clock;
  private final Map<ModuleVersion, Kept> downloads = new LinkedHashMap<>();

  Shelf(InstantSource clock) {
    this.clock = clock;
  }

  private record Kept(Download download, Instant until) {}

  synchronized Optional<Download> find(ModuleVersion version) {
    sweep();
    return Optional.ofNullable(downloads.get(version)).map(Kept::download);
  }

  synchronized void keep(ModuleVersion version, Download download) {
    remove(version);
    downloads.put(version, new Kept(download, clock.instant().plus(KEPT)));
    sweep();
  }

  synchronized void remove(ModuleVersion version) {
    Optional.ofNullable(downloads.remove(version)).ifPresent(Shelf::discard);
  }

  synchronized void clear() {
    List.copyOf(downloads.keySet()).forEach(this::remove);
  }

  synchronized int size() {
    return downloads.size();
  }

  /** Removes what is too old, and what is too much. */
  synchronized void sweep() {
    long memory = downloads.values().stream().mapToLong(k -> k.download().memory()).sum();
    long disk = downloads.values().stream().mapToLong(k -> k.download().disk()).sum();
    int count = downloads.size();
    for (Map.Entry<ModuleVersion, Kept> oldest : new ArrayList<>(downloads.entrySet())) {
      Kept kept = oldest.getValue();
      boolean isTooMuch = count > MOST || memory > MEMORY || disk > DISK;
      if (!isTooMuch && clock.instant().isBefore(kept.until())) {
        return;
      }
      count--;
      memory -= kept.download().memory();
      disk -= kept.download().disk();
      remove(oldest.getKey());
    }
  }

  private static void discard(Kept kept) {
    try {
      kept.download().discard();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "direct: a file could not be removed", e);
    }
  }
}
