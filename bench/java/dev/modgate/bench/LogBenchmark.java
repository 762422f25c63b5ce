package dev.modgate.bench;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.DatabaseSpec;
import dev.modgate.verify.sumdb.KnownDatabases;
import dev.modgate.verify.sumdb.LogEvents;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.sumdb.Lookup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Lookups of all modules of the recording, each proven under the newest head. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LogBenchmark {

  private final DatabaseSpec database = DatabaseSpec.parse(KnownDatabases.SUM_GOLANG_ORG).orThrow();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private RecordedLog log = RecordedLog.EMPTY;
  private List<ModuleVersion> modules = List.of();

  @Setup
  public void read() throws IOException {
    log = RecordedLog.read(Recording.ofThisRun());
    modules = log.modules();
  }

  @TearDown
  public void end() {
    threads.close();
  }

  /** One operation is a new client that proves every module from a warm store. */
  @Benchmark
  public void warm() {
    ChecksumDatabase client = client(log.warm(), List.of());
    modules.forEach(module -> lookUp(client, module));
  }

  /** One operation is a new client for each module, with a warm store. */
  @Benchmark
  public void warmNewClients() {
    LogStore store = log.warm();
    modules.forEach(module -> lookUp(client(store, List.of()), module));
  }

  /** One operation is a client with nothing but the newest head, which has to check every note. */
  @Benchmark
  public void cold() {
    ChecksumDatabase client = client(log.cold(), List.of(log));
    modules.forEach(module -> lookUp(client, module));
  }

  private ChecksumDatabase client(LogStore store, List<LogSource> sources) {
    return new ChecksumDatabase(database.key(), store, () -> sources, LogEvents.NONE, threads);
  }

  private static void lookUp(ChecksumDatabase client, ModuleVersion module) {
    Lookup lookup = client.lookup(module);
    if (!(lookup instanceof Lookup.Found found) || found.zip().isEmpty()) {
      throw new IllegalStateException(module + ": " + lookup);
    }
  }
}
