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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The checksum databases.
 *
 * @param proving the one that proves modules
 * @param sources of the proving one
 * @param byName all that are relayed
 * @param storeFailures how often one of them could not be read from the disk or written to it
 */
record Databases(
    ChecksumDatabase proving,
    CountedSources sources,
    Map<String, ChecksumDatabase> byName,
    AtomicLong storeFailures) {

  static Databases of(
      Configuration configuration,
      Upstreams upstreams,
      DataDirectory data,
      Mirrors mirrors,
      ExecutorService threads)
      throws IOException {
    Map<String, ChecksumDatabase> byName = new LinkedHashMap<>();
    List<CountedSources> counted = new ArrayList<>();
    AtomicLong storeFailures = new AtomicLong();
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
      counted.add(new CountedSources(sources));
      byName.put(
          spec.name(),
          new ChecksumDatabase(
              spec.key(),
              new DiskLogStore(data, spec.name()),
              counted.getLast(),
              new LogAlarms(spec.name(), storeFailures),
              threads));
    }
    return new Databases(
        byName.values().iterator().next(), counted.getFirst(), byName, storeFailures);
  }

  static DatabaseSpec spec(String text) throws IOException {
    return switch (DatabaseSpec.parse(text)) {
      case Parsed.Valid<DatabaseSpec>(DatabaseSpec spec) -> spec;
      case Parsed.Invalid<DatabaseSpec>(String reason) -> throw new IOException("sumdb: " + reason);
    };
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
