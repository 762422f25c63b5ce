package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.note.VerifierKey;
import dev.modgate.verify.tlog.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One client of a database, with its store, its sources and what it reported. */
final class Bench {

  static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  final VerifierKey key;
  final int tileHeight;
  final MemoryLogStore store;
  final RecordingLogEvents events = new RecordingLogEvents();
  final List<LogSource> sources = new ArrayList<>();
  final ChecksumDatabase database;

  private Bench(VerifierKey key, int tileHeight, MemoryLogStore store, List<LogSource> sources) {
    this.key = key;
    this.tileHeight = tileHeight;
    this.store = store;
    this.sources.addAll(sources);
    this.database =
        new ChecksumDatabase(
            key, store, () -> List.copyOf(this.sources), events, THREADS, tileHeight);
  }

  static Bench of(FakeLog log) {
    return new Bench(log.key(), ChecksumDatabase.TILE_HEIGHT, new MemoryLogStore(), List.of(log));
  }

  static Bench of(FakeLog log, int tileHeight) {
    return new Bench(log.key(), tileHeight, new MemoryLogStore(), List.of(log));
  }

  static Bench of(VerifierKey key, LogSource... sources) {
    return new Bench(key, ChecksumDatabase.TILE_HEIGHT, new MemoryLogStore(), List.of(sources));
  }

  /** The same store after a restart, with these sources. */
  Bench restarted(LogSource... withSources) {
    return new Bench(key, tileHeight, store, List.of(withSources));
  }

  Lookup lookup(String module) {
    return database.lookup(module(module));
  }

  Lookup.Found found(String module) {
    return assertInstanceOf(Lookup.Found.class, lookup(module), module);
  }

  Lookup.Refused refused(String module) {
    return assertInstanceOf(Lookup.Refused.class, lookup(module), module);
  }

  Lookup.Unavailable unavailable(String module) {
    return assertInstanceOf(Lookup.Unavailable.class, lookup(module), module);
  }

  Lookup.NotLogged notLogged(String module) {
    return assertInstanceOf(Lookup.NotLogged.class, lookup(module), module);
  }

  /** The head that the store holds; empty if it holds none. */
  TreeHead storedHead() {
    return store
        .head()
        .map(note -> new HeadNotes(key).open(note).orThrow().head())
        .orElse(TreeHead.EMPTY);
  }

  static ModuleVersion module(String module) {
    return ModuleVersion.parse(module).orThrow();
  }

  static Optional<H1> h1(String seed) {
    return Optional.of(H1.parse(FakeLog.anyH1(seed)).orThrow());
  }
}
