package dev.modgate.it;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.store.ArtifactStore;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.DiskLogStore;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Candidate;
import dev.modgate.verify.Expectation;
import dev.modgate.verify.Verdict;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A process that proves and stores modules in a random order, over a data directory that others
 * share, as {@link SharedDataIT} does. Arguments: the data directory, a seed, how many rounds.
 */
final class DataClient {

  static final String DATABASE = "log.test";
  static final int MODULES = 150;

  private DataClient() {}

  static List<FakeModule> modules() {
    return IntStream.range(0, MODULES)
        .mapToObj(i -> new FakeModule("m.test/m" + i + "@v1.0.0"))
        .toList();
  }

  /** The same in every process. */
  static FakeLog log(List<FakeModule> modules) {
    FakeLog log = new FakeLog(DATABASE, 11);
    modules.forEach(module -> module.in(log));
    return log;
  }

  /** Prints {@code ready}, then a line for each round: {@code at TREE_SIZE}, or what is wrong. */
  public static void main(String[] args) throws IOException {
    List<FakeModule> modules = modules();
    FakeLog log = log(modules);
    Random random = new Random(Long.parseLong(args[1]));
    log.showOldHeads(random);
    DataDirectory data = DataDirectory.open(Path.of(args[0]), InstantSource.system());
    ArtifactStore store = new ArtifactStore(data);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ChecksumDatabase database =
          new ChecksumDatabase(
              log.key(),
              new DiskLogStore(data, DATABASE),
              () -> List.of(log),
              new RecordingLogEvents(),
              threads);
      Verifier verifier = new Verifier(database, threads);
      System.out.println("ready");
      for (int round = Integer.parseInt(args[2]); round > 0; round--) {
        FakeModule module = modules.get(random.nextInt(MODULES));
        System.out.println(proveAndStore(module, verifier, store, data));
      }
    }
  }

  private static String proveAndStore(
      FakeModule module, Verifier verifier, ArtifactStore store, DataDirectory data)
      throws IOException {
    Expectation expectation = verifier.expectLogged(module.version());
    Optional<Candidate> kept = store.unjudged(module.version(), ArtifactKind.ZIP);
    if (kept.isPresent() && !(verifier.judge(kept.get(), expectation) instanceof Verdict.Proven)) {
      return "the store holds another " + module.version();
    }
    Path file = Files.write(data.newTemporary(), module.zip());
    for (Candidate fresh :
        List.of(
            new Candidate.ZipFile(module.version(), file),
            new Candidate.GoModBytes(module.version(), module.goMod()))) {
      if (!(verifier.judge(fresh, expectation) instanceof Verdict.Proven(var artifact))) {
        return "not proven: " + module.version();
      }
      store.commit(artifact);
    }
    return switch (verifier.standing(expectation)) {
      case Verifier.Standing.Logged(long treeSize) -> "at " + treeSize;
      case Verifier.Standing.Exempt _, Verifier.Standing.Unvouched _ -> "not vouched for";
    };
  }
}
