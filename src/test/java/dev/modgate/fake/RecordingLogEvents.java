package dev.modgate.fake;

import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogEvents;
import dev.modgate.verify.tlog.TreeHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Remembers every event, in order. */
public final class RecordingLogEvents implements LogEvents {

  private final List<TreeHead> heads = new ArrayList<>();
  private final List<Fork> forks = new ArrayList<>();
  private final List<String> resets = new ArrayList<>();
  private final List<String> refuted = new ArrayList<>();
  private final List<String> storeFailures = new ArrayList<>();

  @Override
  public synchronized void headAdvanced(TreeHead old, TreeHead current) {
    if (old.size() >= current.size()) {
      throw new AssertionError("the head moved from " + old + " to " + current);
    }
    if (!heads.isEmpty() && !heads.getLast().equals(old)) {
      throw new AssertionError("the head moved from " + old + ", not from " + heads.getLast());
    }
    heads.add(current);
  }

  @Override
  public synchronized void forkFound(Fork fork) {
    forks.add(fork);
  }

  @Override
  public synchronized void trustReset(String reason) {
    resets.add(reason);
  }

  @Override
  public synchronized void sourceRefuted(String source, String reason) {
    refuted.add(source);
  }

  @Override
  public synchronized void storeFailed(String what, IOException cause) {
    storeFailures.add(what);
  }

  /** The sizes the head advanced to. */
  public synchronized List<Long> sizes() {
    return heads.stream().map(TreeHead::size).toList();
  }

  public synchronized List<Fork> forks() {
    return List.copyOf(forks);
  }

  public synchronized List<String> resets() {
    return List.copyOf(resets);
  }

  /** The sources that were refuted. */
  public synchronized List<String> refuted() {
    return List.copyOf(refuted);
  }

  public synchronized List<String> storeFailures() {
    return List.copyOf(storeFailures);
  }
}
