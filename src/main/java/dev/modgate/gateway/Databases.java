package dev.modgate.gateway;

import dev.modgate.chain.CountedSources;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.Mirrors;
import dev.modgate.chain.RelayedDatabase;
import dev.modgate.config.Configuration;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.DiskLogStore;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.DatabaseSpec;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * The checksum databases.
 *
 * @param proving the one that proves modules
 * @param sources of the proving one
 * @param byName all that are relayed
 * @param notes what happened to each, the proving one first
 */
record Databases(
    ChecksumDatabase proving,
    CountedSources sources,
    Map<String, ChecksumDatabase> byName,
    List<LogNotes> notes) {

  static Databases of(
      Configuration configuration,
      Upstreams upstreams,
      DataDirectory data,
      Mirrors mirrors,
      ExecutorService threads)
      throws IOException {
    Map<String, ChecksumDatabase> byName = new LinkedHashMap<>();
    List<CountedSources> counted = new ArrayList<>();
    List<LogNotes> notes = new ArrayList<>();
    for (String text : configuration.sumdb()) {
      DatabaseSpec spec = spec(text);
      URI own = spec.url().orElseGet(() -> URI.create("https://" + spec.name()));
      Mirror direct = mirrors.of(Upstreams.database(spec.name(), own, configuration));
      List<Mirror> relays = spec.url().isPresent() ? List.of() : upstreams.inOrder();
      RelayedDatabase sources =
          mirrors.database(
              spec.name(),
              relays,
              direct,
              configuration.sumdbTimeout(),
              Upstreams.hedgeAtLeast(configuration.fetching()));
      notes.add(new LogNotes(InstantSource.system()));
      counted.add(new CountedSources(sources));
      byName.put(
          spec.name(),
          new ChecksumDatabase(
              spec.key(),
              new DiskLogStore(data, spec.name()),
              counted.getLast(),
              new LogAlarms(spec.name(), notes.getLast()),
              threads));
    }
    return new Databases(
        byName.values().iterator().next(), counted.getFirst(), byName, List.copyOf(notes));
  }

  static DatabaseSpec spec(String text) throws IOException {
    return switch (DatabaseSpec.parse(text)) {
      case Parsed.Valid<DatabaseSpec>(DatabaseSpec spec) -> spec;
      case Parsed.Invalid<DatabaseSpec>(String reason) -> throw new IOException("sumdb: " + reason);
    };
  }

  /** How often one of them could not be read from the disk or written to it. */
  long storeFailures() {
    return notes.stream().mapToLong(LogNotes::storeFailures).sum();
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
