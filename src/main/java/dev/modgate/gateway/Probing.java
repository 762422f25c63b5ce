package dev.modgate.gateway;

import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorObserver;
import dev.modgate.chain.Mirrors;
import dev.modgate.chain.RelayedDatabase;
import dev.modgate.chain.WitnessedMirror;
import dev.modgate.config.Configuration;
import dev.modgate.config.MirrorSettings;
import dev.modgate.probe.MirrorProbe;
import dev.modgate.probe.ProbeReport;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.DiskLogStore;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.DatabaseSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Probes a mirror as a gate with the same configuration would meet it, and keeps nothing. */
public final class Probing {

  private Probing() {}

  /**
   * Waits for every answer.
   *
   * @param mirror a name of the configuration
   * @param tick runs after each check
   * @throws IOException if this machine has no room for temporary files
   */
  public static ProbeReport probe(
      Configuration configuration, String mirror, ModuleVersion module, Runnable tick)
      throws IOException {
    Path folder = Files.createTempDirectory("modgate-probe");
    try {
      DataDirectory data = DataDirectory.open(folder, InstantSource.system());
      MirrorSettings settings = configuration.mirror(mirror);
      try (WitnessedMirror witnessed =
              new WitnessedMirror(Upstreams.settings(settings), data::newTemporary);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          Mirrors mirrors = mirrors(data, threads)) {
        Optional<MirrorProbe.Log> log =
            isExempt(module, configuration)
                ? Optional.empty()
                : Optional.of(log(configuration, data, witnessed, mirrors, threads));
        return new MirrorProbe(settings.url(), witnessed).probe(module, log, tick);
      }
    } finally {
      delete(folder);
    }
  }

  private static Mirrors mirrors(DataDirectory data, ExecutorService threads) {
    return new Mirrors(
        new Mirrors.Surroundings(
            data::newTemporary,
            Optional::empty,
            MirrorObserver.NOBODY,
            threads,
            InstantSource.system()));
  }

  private static boolean isExempt(ModuleVersion module, Configuration configuration) {
    return Stream.of(configuration.gonosumdb(), configuration.goprivate())
        .map(ModulePatterns::of)
        .anyMatch(patterns -> patterns.match(module.path().text()));
  }

  /** The proving database: through the mirror if it relays it, else at its own address. */
  private static MirrorProbe.Log log(
      Configuration configuration,
      DataDirectory data,
      Mirror witnessed,
      Mirrors mirrors,
      ExecutorService threads)
      throws IOException {
    DatabaseSpec spec = Databases.spec(configuration.sumdb().getFirst());
    URI own = spec.url().orElseGet(() -> URI.create("https://" + spec.name()));
    RelayedDatabase sources =
        new RelayedDatabase(
            spec.name(),
            List.of(witnessed),
            Optional.of(mirrors.of(Upstreams.database(spec.name(), own, configuration))),
            configuration.sumdbTimeout(),
            InstantSource.system(),
            _ -> true,
            threads);
    ChecksumDatabase database =
        new ChecksumDatabase(
            spec.key(),
            new DiskLogStore(data, spec.name()),
            sources,
            new LogAlarms(spec.name(), new LogNotes(InstantSource.system())),
            threads);
    return new MirrorProbe.Log(spec.name(), database);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
