package dev.modgate.verify.zip;

import dev.modgate.verify.module.H1;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The entries as they lie in the file, one directly after the other up to the directory.
 *
 * <p>They are read in runs, each by one thread, forwards. A run ends where the next one begins, so
 * that all runs together are one reading. Threads take the runs in order and none after one has
 * failed: all runs before the first that fails are then read too, and its fault is the one that a
 * single thread would have met first.
 */
final class Contents {
  /** Entries from an index up to another, exclusive. */
  private record Run(int from, int to) {}

  private final FileChannel channel;
  private final List<Entry> entries;
  private final long end;

  /** SHA-256 of each entry; each written by one thread. */
  private final byte[][] digests;

  /**
   * @param end place of the directory in the file
   */
  Contents(FileChannel channel, List<Entry> entries, long end) {
    this.channel = channel;
    this.entries = entries;
    this.end = end;
    this.digests = new byte[entries.size()][];
  }

  /**
   * Reads all entries.
   *
   * @param runBytes the least size of a run in the file, of all but the last
   * @return the fault of the first entry that breaks a rule
   */
  Optional<Fault> read(long runBytes) throws IOException {
    List<Run> runs = runs(runBytes);
    List<Fault> faults = Stream.generate(Fault::new).limit(runs.size()).toList();
    AtomicInteger next = new AtomicInteger();
    Helpers.share(runs.size(), () -> takeRuns(runs, next, faults));
    return faults.stream().filter(Fault::isNoted).findFirst();
  }

  /** Takes one run after another as long as there are some and none has failed. */
  private void takeRuns(List<Run> runs, AtomicInteger next, List<Fault> faults) throws IOException {
    for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
      boolean sound = false;
      try {
        sound = read(runs.get(i), faults.get(i));
      } finally {
        if (!sound) {
          next.set(runs.size());
        }
      }
    }
  }

  private boolean read(Run run, Fault fault) throws IOException {
    long start = run.from() == 0 ? 0 : entries.get(run.from()).offset();
    try (Workspace workspace = Workspace.take()) {
      Content content = new Content(workspace, fault);
      Window window = new Window(channel, start, end, workspace.packed);
      LocalEntry local = new LocalEntry(window, content, fault);
      for (int i = run.from(); i < run.to(); i++) {
        if (!local.read(entries.get(i))) {
          return false;
        }
        digests[i] = content.sha256();
      }
      return run.to() == entries.size()
          ? local.isLast()
          : local.isFollowedBy(entries.get(run.to()));
    }
  }

  /** At least one, which may be empty. */
  private List<Run> runs(long runBytes) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (bytes >= runBytes) {
        runs.add(new Run(from, i));
        from = i;
        bytes = 0;
      }
      bytes += entries.get(i).packedBytes();
    }
    runs.add(new Run(from, entries.size()));
    return runs;
  }

  /** Names and digests; to be called once all is read. */
  H1 h1() {
    H1.Builder hash = new H1.Builder();
    for (int i = 0; i < digests.length; i++) {
      hash.add(entries.get(i).name(), digests[i]);
    }
    return hash.build();
  }
}
