package dev.modgate.verify.zip;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.zip.ZipVerdict.Unsound;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The entries as they lie in the file, one directly after the other up to the directory.
 *
 * <p>They are read in runs, each by one thread, forwards. A run ends where the next one begins, so
 * that all runs together are one reading. Threads take the runs in order and none after one has
 * failed: all runs before the first that fails are then read too, and its fault is the one that a
 * single thread would have met first.
 */
final class Contents {
  /** Entries from an index up to another, exclusive; used by one thread until all have ended. */
  private static final class Run {
    private final int from;
    private final int to;
    private Optional<Unsound> fault = Optional.empty();

    Run(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }

  private final FileChannel channel;
  private final List<Entry> entries;
  private final long end;
  private final ReadAhead ahead;

  /** SHA-256 of each entry; each written by one thread. */
  private final byte[][] digests;

  /**
   * @param end place of the directory in the file
   * @param ahead of the same file, ended
   */
  Contents(FileChannel channel, List<Entry> entries, long end, ReadAhead ahead) {
    this.channel = channel;
    this.entries = entries;
    this.end = end;
    this.ahead = ahead;
    this.digests = new byte[entries.size()][];
  }

  /**
   * Reads all entries.
   *
   * @param runBytes the least size of a run in the file, of all but the last
   * @return the fault of the first entry that breaks a rule
   */
  Optional<Unsound> read(long runBytes) throws IOException {
    List<Run> runs = runs(runBytes);
    AtomicInteger next = new AtomicInteger();
    Helpers.share(runs.size(), () -> takeRuns(runs, next));
    return runs.stream().flatMap(run -> run.fault.stream()).findFirst();
  }

  /** Takes one run after another as long as there are some and none has failed. */
  private void takeRuns(List<Run> runs, AtomicInteger next) throws IOException {
    for (int i = next.getAndIncrement(); i < runs.size(); i = next.getAndIncrement()) {
      boolean sound = false;
      try {
        Optional<Unsound> fault = read(runs.get(i));
        runs.get(i).fault = fault;
        sound = fault.isEmpty();
      } finally {
        if (!sound) {
          next.set(runs.size());
        }
      }
    }
  }

  private Optional<Unsound> read(Run run) throws IOException {
    long start = run.from == 0 ? 0 : entries.get(run.from).offset();
    try (Workspace workspace = Workspace.take()) {
      Content content = new Content(workspace, ahead);
      Window window = new Window(channel, start, end, workspace.packed);
      LocalEntry local = new LocalEntry(window, content);
      for (int i = run.from; i < run.to; i++) {
        Optional<Unsound> fault = local.read(entries.get(i));
        if (fault.isPresent()) {
          return fault;
        }
        digests[i] = content.sha256();
      }
      return run.to == entries.size()
          ? local.checkLast()
          : local.checkFollowedBy(entries.get(run.to));
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
