package dev.modgate.gateway;

import dev.modgate.chain.MirrorObserver;
import dev.modgate.chain.Mirrors;
import dev.modgate.config.Configuration;
import dev.modgate.store.DataDirectory;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.sumdb.Lookups;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The proving checksum database for a command, without a gate. It shares head, lookups and tiles
 * with a gate on the same data directory.
 */
public final class LogAccess implements AutoCloseable {

  private final Databases databases;
  private final ModulePatterns exempt;
  private final Mirrors mirrors;
  private final ExecutorService threads;

  private LogAccess(
      Databases databases, ModulePatterns exempt, Mirrors mirrors, ExecutorService threads) {
    this.databases = databases;
    this.exempt = exempt;
    this.mirrors = mirrors;
    this.threads = threads;
  }

  /**
   * Opens what the configuration names; nothing is asked yet.
   *
   * @throws IOException if the data directory or the file of a credential can't be used; the
   *     message says which
   */
  public static LogAccess open(Configuration configuration) throws IOException {
    InstantSource clock = InstantSource.system();
    DataDirectory data = DataDirectory.open(configuration.data(), clock);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Mirrors mirrors =
        new Mirrors(
            new Mirrors.Surroundings(
                data::newTemporary, Optional::empty, MirrorObserver.NOBODY, threads, clock));
    try {
      Upstreams upstreams = Upstreams.of(configuration, mirrors, Optional.empty());
      mirrors.checkCredentials();
      ModulePatterns exempt =
          ModulePatterns.of(
              Stream.of(configuration.gonosumdb(), configuration.goprivate())
                  .flatMap(list -> list.stream())
                  .toList());
      return new LogAccess(
          Databases.of(configuration, upstreams, data, mirrors, threads), exempt, mirrors, threads);
    } catch (IOException | RuntimeException e) {
      mirrors.close();
      threads.close();
      throw e;
    }
  }

  public Lookups database() {
    return databases.proving();
  }

  /** Its name, such as {@code sum.golang.org}. */
  public String databaseName() {
    return databases.proving().name();
  }

  /** Modules that the database must not be asked about. */
  public ModulePatterns exempt() {
    return exempt;
  }

  @Override
  public void close() {
    mirrors.close();
    threads.shutdownNow();
  }
}
