package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gate after gate on one data directory, each killed with SIGKILL while it fetches; each must serve
 * what the ones before it have served, from the store, with nothing repaired by hand.
 *
 * <p>The long run: {@code -Dmodgate.kills=1000}. It prints where the kills struck. {@code
 * -Dmodgate.jvm=-XX:AOTCache=FILE} makes it faster.
 */
final class KilledGateIT {

  private static final int KILLS = Integer.getInteger("modgate.kills", 10);

  private static final int KILLS_A_FOLDER = 10;

  private static final int CLIENTS = 4;

  private static final int LOAD_MILLIS = 150;

  @TempDir Path folder;

  /** How many kills left this behind. */
  private int requestsCutOff;

  private int writes;
  private int halfWrittenFiles;
  private int storedButUntold;
  private int headsButUntold;
  private int tornAuditLines;
  private long served;

  @Test
  void killedWhileItFetches_whatWasServedIsServedAgain_andTheHeadIsNotBack() throws Exception {
    Random random = new Random(KILLS);
    try (ModuleSource modules = new ModuleSource(folder)) {
      List<String> options = options();
      for (int kill = 0; kill < KILLS; kill += KILLS_A_FOLDER) {
        Path data = folder.resolve("data" + kill);
        GateWitness witness = modules.witness();
        for (int i = kill; i < Math.min(KILLS, kill + KILLS_A_FOLDER); i++) {
          killOne(modules, witness, data, options, random);
        }
        try (ModgateProcess gate = modules.gate(data, options)) {
          assertStands(modules, witness, gate, data);
        }
        GateWitness.assertAuditIsReadable(data);
        served += witness.served();
        modules.mirror.forgetModules();
        remove(data);
        report(Math.min(KILLS, kill + KILLS_A_FOLDER));
      }
    }
    assertTrue(requestsCutOff >= KILLS * 0.8, "the kills strike idle gates");
    assertTrue(writes > 0, "no kill struck a write");
    assertTrue(served > 0, "nothing was ever served");
  }

  private void report(int kills) {
    System.out.printf(
        "%d kills: %d cut requests off; %d struck a write: %d left a half-written file, %d a file"
            + " and %d a tree head that no client had heard of, %d a torn audit line;"
            + " %d answers held%n",
        kills,
        requestsCutOff,
        writes,
        halfWrittenFiles,
        storedButUntold,
        headsButUntold,
        tornAuditLines,
        served);
  }

  private void killOne(
      ModuleSource modules, GateWitness witness, Path data, List<String> options, Random random)
      throws Exception {
    Set<Path> leftBefore = temporaries(data);
    List<String> underWay = Collections.synchronizedList(new ArrayList<>());
    ModgateProcess gate = modules.gate(data, options);
    try {
      assertStands(modules, witness, gate, data);
      load(modules, witness, gate, underWay, random);
    } finally {
      gate.kill();
      gate.awaitEnd();
    }
    Set<Path> left = temporaries(data);
    left.removeAll(leftBefore);
    boolean halfWritten = !left.isEmpty();
    boolean stored = underWay.stream().anyMatch(path -> isStored(data, path));
    boolean head = storedSize(data) > witness.told();
    boolean torn = endsTorn(data);
    requestsCutOff += underWay.isEmpty() ? 0 : 1;
    writes += halfWritten || stored || head || torn ? 1 : 0;
    halfWrittenFiles += halfWritten ? 1 : 0;
    storedButUntold += stored ? 1 : 0;
    headsButUntold += head ? 1 : 0;
    tornAuditLines += torn ? 1 : 0;
  }

  /** The mirror has nothing: the store has to do. */
  private static void assertStands(
      ModuleSource modules, GateWitness witness, ModgateProcess gate, Path data)
      throws IOException, InterruptedException {
    modules.mirror.withoutModules(true);
    witness.assertStands(gate.url());
    modules.mirror.withoutModules(false);
    GateWitness.assertAuditIsReadable(data);
  }

  /** Clients that want one new module after another, until the gate is gone. */
  private static void load(
      ModuleSource modules,
      GateWitness witness,
      ModgateProcess gate,
      List<String> cutOff,
      Random random)
      throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> wrong = new AtomicReference<>();
    Set<String> underWay = ConcurrentHashMap.newKeySet();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random own = new Random(random.nextLong());
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!over.get()) {
                    fetchOne(modules, witness, gate, underWay, own);
                  }
                } catch (IOException e) {
                  // The gate is gone.
                } catch (Throwable e) {
                  wrong.set(e);
                }
              }));
    }
    int answers = witness.served() + random.nextInt(4);
    while ((underWay.isEmpty() || witness.served() < answers) && wrong.get() == null) {
      Thread.sleep(1);
    }
    Thread.sleep(random.nextInt(LOAD_MILLIS));
    gate.kill();
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
    cutOff.addAll(underWay);
    if (wrong.get() != null) {
      throw new AssertionError(wrong.get());
    }
  }

  private static void fetchOne(
      ModuleSource modules,
      GateWitness witness,
      ModgateProcess gate,
      Set<String> underWay,
      Random random)
      throws IOException, InterruptedException {
    FakeModule module = modules.next(witness, 1024 + random.nextInt(200_000));
    List<String> kinds = new ArrayList<>(List.of(".info", ".mod", ".zip"));
    Collections.shuffle(kinds, random);
    for (String kind : kinds) {
      String path = module.base() + kind;
      underWay.add(path);
      witness.fetch(gate.url(), path);
      underWay.remove(path);
    }
  }

  /** A JVM that starts fast. */
  private static List<String> options() {
    List<String> options =
        new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable"));
    Stream.of(System.getProperty("modgate.jvm", "").split(" "))
        .filter(word -> !word.isEmpty())
        .forEach(options::add);
    return options;
  }

  private static Set<Path> temporaries(Path data) throws IOException {
    Path tmp = data.resolve("tmp");
    if (!Files.exists(tmp)) {
      return new HashSet<>();
    }
    try (Stream<Path> files = Files.list(tmp)) {
      return new HashSet<>(files.toList());
    }
  }

  private static boolean isStored(Path data, String path) {
    return Files.exists(data.resolve("cache/download" + path));
  }

  private static long storedSize(Path data) throws IOException {
    Path latest = data.resolve("sumdb").resolve(ModuleSource.DATABASE).resolve("latest");
    return Files.exists(latest) ? GateWitness.size(Files.readAllBytes(latest)) : 0;
  }

  private static boolean endsTorn(Path data) throws IOException {
    Path audit = data.resolve("audit").resolve("audit.jsonl");
    byte[] bytes = Files.exists(audit) ? Files.readAllBytes(audit) : new byte[0];
    return bytes.length > 0 && bytes[bytes.length - 1] != '\n';
  }

  private static void remove(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
