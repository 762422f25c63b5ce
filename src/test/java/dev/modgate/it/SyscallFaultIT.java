package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cold fetch (info, mod, zip, with a step of the tree head), and one system call of its write
 * path that fails: the first of its name, then the second, until there is no further one. The
 * answer is the true bytes or a status of 5xx; without the fault, all is served at once; after a
 * restart, still, and from the store.
 *
 * <p>It needs strace and the right to trace. The long run, with more calls and errors: {@code
 * -Dmodgate.faults=all}.
 */
final class SyscallFaultIT {

  private static final boolean ALL = System.getProperty("modgate.faults", "").equals("all");

  /** The calls that write, with an error that a disk or a kernel answers them with. */
  private static final List<String> FAULTS =
      List.of(
          "openat:EMFILE",
          "write:ENOSPC",
          "fsync:EIO",
          "rename:EIO",
          "mkdir:ENOSPC",
          "utimensat:EIO",
          "fcntl:ENOLCK",
          "close:EIO",
          "pread64:EIO",
          "sendfile:EIO");

  private static final List<String> MORE_FAULTS =
      List.of(
          "openat:EIO",
          "openat:ENOSPC",
          "openat:EACCES",
          "openat:EINTR",
          "write:EIO",
          "write:EINTR",
          "write:EDQUOT",
          "fsync:ENOSPC",
          "fsync:EINTR",
          "rename:ENOSPC",
          "rename:EXDEV",
          "mkdir:EIO",
          "mkdir:EMLINK",
          "fcntl:EINTR",
          "fcntl:EIO",
          "close:EINTR",
          "read:EIO",
          "fstat:EIO",
          "newfstatat:EIO",
          "statx:EIO",
          "statx:EACCES");

  /** In place of a status. */
  private static final int CUT = 0;

  private static final List<String> AUDIT_FAULTS =
      List.of("openat:EMFILE", "write:ENOSPC", "fdatasync:EIO", "close:EIO");

  /** One thread does all that requests do, so that "the third write" means one call. */
  private static final List<String> ONE_CARRIER =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djdk.virtualThreadScheduler.parallelism=1",
          "-Djdk.virtualThreadScheduler.maxPoolSize=1");

  /** More than one module takes, with all repetitions. */
  private static final int TEMPORARIES = 150;

  private static final Pattern TEMPORARY = Pattern.compile("/tmp/(\\d+-\\d+)-(\\d+)\"");

  @TempDir Path folder;

  private final Map<String, Integer> struck = new TreeMap<>();
  private final Temporaries names = new Temporaries();
  private int faults;
  private int unavailable;

  @Test
  void oneCallOfTheWritePathFails_trueBytesOr5xx_andAllIsThereAfterwards() throws Exception {
    if (straceIsMissing()) {
      return;
    }
    List<String> plan = new ArrayList<>(FAULTS);
    plan.addAll(ALL ? MORE_FAULTS : List.of());
    try (ModuleSource modules = new ModuleSource(folder)) {
      GateWitness witness = modules.witness();
      ModgateProcess gate = start(modules, witness);
      try {
        for (String fault : plan) {
          struck.clear();
          gate = strikeEach(gate, fault, modules, witness);
          System.out.println(fault + " " + struck);
          assertTrue(ALL || !struck.isEmpty(), fault + " was never struck");
        }
      } finally {
        gate.close();
      }
      System.out.println(
          faults + " faults, " + unavailable + " answers of 5xx, " + witness.served() + " held");
      assertTrue(unavailable > 0, "no fault was ever felt");
      GateWitness.assertAuditIsReadable(data());
    }
  }

  @Test
  void oneCallOfTheAuditLogFails_theGapIsWrittenDown_andTheGateIsReadyAgain() throws Exception {
    if (straceIsMissing()) {
      return;
    }
    try (ModuleSource modules = new ModuleSource(folder)) {
      GateWitness witness = modules.witness();
      try (ModgateProcess gate = modules.gate(data(), ONE_CARRIER)) {
        fetch(gate, witness, modules.next(witness, 1000));
        for (String fault : AUDIT_FAULTS) {
          assertTrue(strikeAudit(gate, fault, modules, witness), fault + " was never struck");
          while (witness.status(gate.admin(), "/readyz") != 200) {
            Thread.sleep(10);
          }
        }
      }
      GateWitness.assertAuditIsReadable(data());
      List<String> gaps =
          ModgateProcess.audit(data()).stream()
              .filter(line -> line.contains("\"verdict\":\"gap\""))
              .toList();
      assertEquals(AUDIT_FAULTS.size(), gaps.size(), gaps.toString());
    }
  }

  /** Each first call of that name fails; the gate answers all the same. */
  private boolean strikeAudit(
      ModgateProcess gate, String fault, ModuleSource modules, GateWitness witness)
      throws Exception {
    Path audit = data().resolve("audit").resolve("audit.jsonl");
    Strace strace =
        Strace.attach(
            gate.pid(),
            folder.resolve("strace"),
            List.of(audit),
            "trace=%file,%desc",
            "inject=" + fault.replaceFirst(":", ":error=") + ":when=1");
    long before = Files.size(audit);
    assertEquals(List.of(200, 200, 200), fetch(gate, witness, modules.next(witness, 1000)));
    while (Files.size(audit) == before) {
      Thread.sleep(10); // until the log has taken a line again
    }
    return strace.detach().stream().anyMatch(line -> line.contains("(INJECTED)"));
  }

  private boolean straceIsMissing() throws InterruptedException {
    Optional<String> absence = Strace.absence(folder);
    absence.ifPresent(why ->
        System.err.println(
            "SyscallFaultIT: NOT checked: faults of single system calls; strace: " + why));
    return absence.isPresent();
  }

  /**
   * The first call of that name fails, in a further fetch the second. Returns the gate after it.
   */
  private ModgateProcess strikeEach(
      ModgateProcess gate, String fault, ModuleSource modules, GateWitness witness)
      throws Exception {
    int n = 1;
    while (strike(gate, fault + ":when=" + n, modules, witness)) {
      n++;
    }
    return restarted(gate, modules, witness);
  }

  private ModgateProcess restarted(ModgateProcess gate, ModuleSource modules, GateWitness witness)
      throws Exception {
    gate.close();
    return start(modules, witness);
  }

  /** A gate that has done everything once, so that the next fetch only does what it must. */
  private ModgateProcess start(ModuleSource modules, GateWitness witness) throws Exception {
    ModgateProcess gate = modules.gate(data(), ONE_CARRIER);
    try {
      warm(gate, modules, witness);
      return gate;
    } catch (Exception | AssertionError failed) {
      gate.close();
      throw failed;
    }
  }

  private void warm(ModgateProcess gate, ModuleSource modules, GateWitness witness)
      throws Exception {
    modules.mirror.withoutModules(true);
    witness.assertStands(gate.url());
    modules.mirror.withoutModules(false);
    Strace strace = Strace.attach(gate.pid(), folder.resolve("strace"), List.of(), "trace=openat");
    fetch(gate, witness, modules.next(witness, 20_000));
    names.saw(strace.detach());
  }

  /** Returns whether there was such a call. */
  private boolean strike(
      ModgateProcess gate, String fault, ModuleSource modules, GateWitness witness)
      throws Exception {
    FakeModule module = modules.next(witness, 150_000);
    Strace strace =
        Strace.attach(
            gate.pid(),
            folder.resolve("strace"),
            paths(module, modules.log.size()),
            "trace=%file,%desc",
            "inject=" + fault.replaceFirst(":", ":error="));
    List<Integer> answers = fetch(gate, witness, module);
    List<String> seen = strace.detach();
    names.saw(seen);
    List<String> injected = seen.stream().filter(line -> line.contains("(INJECTED)")).toList();
    if (injected.isEmpty()) {
      assertEquals(List.of(200, 200, 200), answers, fault);
      return false;
    }
    assertEquals(injected.size(), threads(injected), "strace counts by thread: " + injected);
    String kind = kind(injected.getFirst(), module);
    assertTrue(!kind.equals(".info") || answers.getFirst() == 200, "can't keep, but can serve");
    struck.merge(kind, 1, Integer::sum);
    faults++;
    unavailable += (int) answers.stream().filter(status -> status != 200).count();
    assertTrue(gate.isAlive(), fault);
    assertEquals(
        List.of(200, 200, 200),
        fetch(gate, witness, module),
        "after " + injected + "\n" + gate.output());
    return true;
  }

  private static int threads(List<String> lines) {
    return (int) lines.stream().map(line -> line.split(" ", 2)[0]).distinct().count();
  }

  private static List<Integer> fetch(ModgateProcess gate, GateWitness witness, FakeModule module)
      throws IOException, InterruptedException {
    List<Integer> answers = new ArrayList<>();
    for (String kind : List.of(".info", ".mod", ".zip")) {
      answers.add(status(gate, witness, module.base() + kind));
    }
    return answers;
  }

  /** A file that goes from the disk to the socket can only be cut off, when it can't be read. */
  private static int status(ModgateProcess gate, GateWitness witness, String path)
      throws IOException, InterruptedException {
    try {
      return witness.fetch(gate.url(), path);
    } catch (IOException cut) {
      if (path.endsWith(".zip")) {
        return CUT;
      }
      throw cut;
    }
  }

  /**
   * Every path below the data directory that the fetch of a module may touch, but the audit log.
   */
  private List<Path> paths(FakeModule module, long treeSize) {
    Path cache = data().resolve("cache/download");
    Path home = cache.resolve(module.version().path().escaped());
    Path versions = home.resolve("@v");
    Path state = data().resolve("sumdb").resolve(ModuleSource.DATABASE);
    Path log = cache.resolve("sumdb").resolve(ModuleSource.DATABASE);
    Path lookups = log.resolve("lookup").resolve("crash.test");
    Path tiles = log.resolve("tile/8/0");
    List<Path> paths = new ArrayList<>(names.next(data().resolve("tmp")));
    paths.addAll(List.of(home, versions));
    for (String kind : List.of("info", "mod", "zip")) {
      paths.add(versions.resolve(module.version().version() + "." + kind));
    }
    paths.addAll(List.of(state, state.resolve("lock"), state.resolve("latest")));
    paths.addAll(List.of(lookups, lookups.resolve(name(module))));
    for (long wide = treeSize - 3; wide <= treeSize; wide++) {
      Path partial = tiles.resolve("%03d.p".formatted(wide / 256));
      paths.addAll(List.of(partial, partial.resolve(Long.toString(wide % 256))));
    }
    return paths;
  }

  private static String name(FakeModule module) {
    String path = module.version().path().text();
    return path.substring(path.indexOf('/') + 1) + "@" + module.version().version();
  }

  /** What the call was about, in a word. */
  private static String kind(String line, FakeModule module) {
    return Stream.of(".info", ".mod", ".zip", "/tmp/", "latest", "lock", "lookup", "/tile/")
        .filter(line::contains)
        .findFirst()
        .orElse(line.contains(module.version().path().text()) ? "folder" : "other");
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** The names of temporary files are the process's own with a number that counts up. */
  private static final class Temporaries {
    private String process = "";
    private long last;

    void saw(List<String> lines) {
      for (String line : lines) {
        Matcher name = TEMPORARY.matcher(line);
        while (name.find()) {
          last = process.equals(name.group(1)) ? last : 0;
          process = name.group(1);
          last = Math.max(last, Long.parseLong(name.group(2)));
        }
      }
    }

    List<Path> next(Path tmp) {
      assertTrue(last > 0);
      return java.util.stream.LongStream.rangeClosed(last + 1, last + TEMPORARIES)
          .mapToObj(number -> tmp.resolve(process + "-" + number))
          .toList();
    }
  }
}
