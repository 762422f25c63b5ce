package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Oracle;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short search with every target, from the seeds and the kept corpus. Bounded by executions, not
 * by time, so that it is as deep on a slow machine: {@code -Dmodgate.fuzz.runs=N}.
 */
final class FuzzSearchIT {

  private static final int RUNS = Integer.getInteger("modgate.fuzz.runs", 5_000);

  /** A planted bug is to be found within so many. */
  private static final int RUNS_FOR_PLANTED = 2_000_000;

  /** Our code alone, as little as any target reaches of it. */
  private static final int MIN_EDGES = 20;

  @TempDir private Path scratch;

  private final Oracle oracle;

  FuzzSearchIT() throws IOException {
    oracle = Oracle.build();
  }

  @Test
  void everyTarget_searched_findsNothing() throws Exception {
    List<FuzzTarget> targets = FuzzTarget.all();
    assertEquals(compiledTargets(), targets.stream().map(FuzzTarget::name).toList());
    List<Jazzer.Result> results = inTwos(targets, RUNS);
    String table = results.stream().map(FuzzSearchIT::row).collect(joining("\n"));
    System.out.println(table);
    assertEquals(targets, results.stream().map(Jazzer.Result::target).toList());
    for (Jazzer.Result result : results) {
      assertEquals(0, result.status(), result::output);
      assertEquals(List.of(), result.findings(), result::output);
      assertTrue(result.executions() >= RUNS, table);
      assertTrue(result.edges() >= MIN_EDGES, table);
    }
  }

  @Test
  void plantedBugs_areFoundBySearching_andNotBySeeds() throws Exception {
    List<FuzzTarget> planted =
        Stream.of(PlantedMagicWord.class, PlantedLaxTilePath.class, PlantedGoDifference.class)
            .map(type -> FuzzTarget.of(type.getName()))
            .toList();
    List<Jazzer.Result> results = inTwos(planted, RUNS_FOR_PLANTED);
    for (Jazzer.Result result : results) {
      assertEquals(Jazzer.FOUND, result.status(), result::output);
      assertTrue(result.output().contains("INITED"), "no seed is the bug");
      assertEquals(1, result.findings().size(), result::output);
    }
    results.forEach(result -> System.out.println(row(result)));
    assertTrue(finding(results.getFirst()).startsWith(PlantedMagicWord.WORD));
    for (Jazzer.Result lax : results.subList(1, 3)) {
      assertTrue(PlantedLaxTilePath.parse(finding(lax)).isValid());
      assertFalse(Tile.parse(finding(lax)).isValid());
    }
  }

  private Jazzer.Result search(FuzzTarget target, int runs)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(scratch.resolve("corpus", target.name()));
    return new Jazzer(scratch, oracle).search(target, corpus, runs);
  }

  /** Read as the targets read it: a search may leave bytes behind the bug that are no text. */
  private static String finding(Jazzer.Result result) throws IOException {
    return new String(Files.readAllBytes(result.findings().getFirst()), UTF_8);
  }

  private static String row(Jazzer.Result result) {
    return "fuzz %-24s %,9d executions %,6d edges %,5d inputs %d findings"
        .formatted(
            result.target().name(),
            result.executions(),
            result.edges(),
            result.inputs(),
            result.findings().size());
  }

  /** Found in another way than {@link FuzzTarget#all} does: by the names of compiled classes. */
  private static List<String> compiledTargets() throws Exception {
    Path classes =
        Path.of(FuzzSearchIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name ->
              name.matches("[A-Za-z]*(FuzzTest|Search)\\.class") && !name.startsWith("Long"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }

  /** Two at a time, for a machine with two processors. */
  private List<Jazzer.Result> inTwos(List<FuzzTarget> targets, int runs)
      throws InterruptedException, ExecutionException {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<Jazzer.Result>> running = new ArrayList<>();
      targets.forEach(target -> running.add(two.submit(() -> search(target, runs))));
      List<Jazzer.Result> results = new ArrayList<>();
      for (Future<Jazzer.Result> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
