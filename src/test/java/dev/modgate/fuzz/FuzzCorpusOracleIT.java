package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What coverage led to, put to Go: the seeds and the kept corpus of every target, some mutants of
 * them, and, where there has been a long search, all that it generated. We take nothing that Go
 * refuses, and nothing for something else than Go. {@code -Dmodgate.fuzz.mutants=N} for each input.
 */
final class FuzzCorpusOracleIT {

  private static final int MUTANTS = Integer.getInteger("modgate.fuzz.mutants", 10);
  private static final long SEED = Long.getLong("modgate.oracle.seed", 20_261_125L);

  private final Random random = new Random(SEED);

  @Test
  void everyTarget_isPutToGo_orSaysWhyNot() throws IOException {
    TreeSet<String> known = new TreeSet<>(GoCounterparts.targets());
    known.addAll(GoCounterparts.WITHOUT.keySet());
    known.add(FuzzTarget.of(GoDifferenceSearch.class.getName()).name());
    assertEquals(List.copyOf(known), FuzzTarget.all().stream().map(FuzzTarget::name).toList());
  }

  @Test
  void corpora_readByUs_areReadAsByGo() throws Exception {
    Oracle oracle = Oracle.build();
    for (FuzzTarget target : FuzzTarget.all()) {
      if (GoCounterparts.targets().contains(target.name())) {
        List<Question> questions = questions(target);
        long taken =
            questions.stream().filter(q -> GoCounterparts.answer(q) instanceof Answer.Yes).count();
        System.out.printf(
            "asked Go about %s: %,d questions, %,d taken%n",
            target.name(), questions.size(), taken);
        assertTrue(taken > 0, target.name() + " was given nothing that we take");
        assertEquals("", laxer(oracle, questions, GoCounterparts::answer), "seed " + SEED);
      }
    }
  }

  /** The control: the same questions, to a reader that takes what it should not. */
  @Test
  void plantedLaxReader_isNoticed() throws Exception {
    Oracle oracle = Oracle.build();
    FuzzTarget target = FuzzTarget.of(TilePathFuzzTest.class.getName());
    List<Question> questions = new ArrayList<>(questions(target));
    assertEquals("", laxer(oracle, questions, GoCounterparts::answer));
    questions.add(Question.of("parsetile", "tile/8/00/000"));
    assertTrue(
        laxer(oracle, questions, PlantedLaxTilePath::answer)
            .contains("LAXER: parsetile \"tile/8/00/000\""));
  }

  /** What we take and Go refuses or takes for something else. */
  private static String laxer(
      Oracle oracle, List<Question> questions, Function<Question, Answer> ours) throws Exception {
    return oracle.differences(questions, ours).stream()
        .filter(difference -> difference.kind() != Difference.Kind.STRICTER)
        .limit(20)
        .map(Difference::toString)
        .collect(joining("\n"));
  }

  private List<Question> questions(FuzzTarget target) throws IOException {
    List<Question> questions = new ArrayList<>();
    for (byte[] input : inputs(target)) {
      questions.addAll(GoCounterparts.questions(target.name(), input));
      for (int i = 0; i < MUTANTS; i++) {
        questions.addAll(GoCounterparts.questions(target.name(), mutant(input)));
      }
    }
    return questions;
  }

  private static List<byte[]> inputs(FuzzTarget target) throws IOException {
    List<byte[]> inputs = new ArrayList<>(FuzzTarget.seeds(target.name()).toList());
    for (Path corpus : List.of(target.keptCorpus(), target.generatedCorpus())) {
      if (Files.isDirectory(corpus)) {
        try (Stream<Path> files = Files.list(corpus)) {
          for (Path file : files.sorted().toList()) {
            inputs.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return inputs;
  }

  /** With one to three bytes changed, put in or left out. */
  private byte[] mutant(byte[] input) {
    StringBuilder mutant = new StringBuilder(new String(input, ISO_8859_1));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutant.length() + 1);
      String piece = Character.toString(random.nextInt(random.nextInt(4) == 0 ? 256 : 128));
      switch (random.nextInt(3)) {
        case 0 -> mutant.insert(at, piece);
        case 1 -> mutant.replace(at, Math.min(at + 1, mutant.length()), piece);
        default -> mutant.delete(at, Math.min(at + 1, mutant.length()));
      }
    }
    return mutant.toString().getBytes(ISO_8859_1);
  }
}
