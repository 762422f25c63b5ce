package dev.modgate.fuzz;

import dev.modgate.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Searches with one target after the other, and adds what reaches new code to the corpus in the
 * source tree. Run by src/test/fuzz in the root of the source tree.
 */
final class LongSearch {

  private static final Path SCRATCH = Path.of("target", "fuzz");

  private LongSearch() {}

  /**
   * {@code SECONDS [TARGET]}: seconds for each target, 0 to take over what is there; the name of
   * one class. Ends with 1 if anything was found.
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    List<FuzzTarget> targets =
        FuzzTarget.all().stream()
            .filter(target -> arguments.length < 2 || target.name().equals(arguments[1]))
            .toList();
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("no target " + arguments[1]);
    }
    boolean isClean = true;
    System.out.println(
        "| target | executions | edges | generated corpus | kept corpus | findings |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    for (int i = 0; i < targets.size(); i++) {
      FuzzTarget target = targets.get(i);
      System.err.printf("%d of %d: %s, %d s%n", i + 1, targets.size(), target.name(), seconds);
      isClean &= isClean(target, seconds);
    }
    if (!isClean) {
      System.err.println("see " + SCRATCH.resolve("findings"));
      System.exit(1);
    }
  }

  private static boolean isClean(FuzzTarget target, int seconds) throws Exception {
    Jazzer jazzer = new Jazzer(SCRATCH, Oracle.build());
    Path generated = Files.createDirectories(target.generatedCorpus());
    int before = KeptCorpus.of(target).size();
    int old = count(generated);
    Jazzer.Result search = jazzer.searchFor(target, generated, seconds);
    if (search.status() == 0) {
      Jazzer.Result merge = KeptCorpus.of(target).takeOver(jazzer, generated);
      if (merge.status() != 0) {
        throw new IllegalStateException(merge.output());
      }
    }
    System.out.printf(
        "| %s | %,d | %,d | %,d → %,d | %d → %d | %d |%n",
        target.name(),
        search.executions(),
        search.edges(),
        old,
        count(generated),
        before,
        KeptCorpus.of(target).size(),
        search.findings().size());
    if (search.status() != 0) {
      System.err.println(search.output());
    }
    return search.status() == 0 && search.findings().isEmpty();
  }

  private static int count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return Math.toIntExact(files.count());
    }
  }
}
