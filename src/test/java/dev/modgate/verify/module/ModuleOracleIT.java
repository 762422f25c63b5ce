package dev.modgate.verify.module;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.ModuleAnswers;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * This room against golang.org/x/mod itself. {@code -Dmodgate.oracle.cases=N} asks N random
 * questions of each kind, {@code -Dmodgate.oracle.seed=N} other ones.
 */
final class ModuleOracleIT {

  private static final int CASES = Integer.getInteger("modgate.oracle.cases", 10_000);
  private static final long SEED = Long.getLong("modgate.oracle.seed", 20_261_123L);

  /** At most so many differences are printed. */
  private static final int PRINTED = 40;

  /** Operations that x/mod never answers with no. */
  private static final Set<String> TOTAL = Set.of("semverparts", "semvercompare");

  private static final Map<String, Function<Question, Answer>> OURS = ModuleAnswers.all();

  private final Oracle oracle;

  ModuleOracleIT() throws IOException {
    oracle = Oracle.build();
  }

  @Test
  void handPickedTexts_inEveryOperation_areReadAsByGo() throws Exception {
    assertAgreement(ModuleQuestions.handPicked(), 1);
  }

  @Test
  void randomTexts_inEveryOperation_areReadAsByGo() throws Exception {
    List<Question> questions = new ModuleQuestions(SEED).random(CASES);
    assertTrue(questions.size() >= 4 * CASES);
    System.out.println("asked x/mod " + questions.size() + " random questions");
    assertAgreement(questions, CASES / 100);
  }

  @Test
  void differences_plantedRules_areNoticed() throws Exception {
    List<Question> questions =
        List.of(Question.of("checkpath", "a.b/c"), Question.of("checkpath", "a.b/v1"));
    assertEquals(
        List.of(Difference.Kind.LAXER), kinds(oracle.differences(questions, q -> Answer.yes())));
    assertEquals(
        List.of(Difference.Kind.STRICTER),
        kinds(oracle.differences(questions, q -> new Answer.No("never"))));
    assertEquals(
        List.of(Difference.Kind.OTHERWISE),
        kinds(
            oracle.differences(
                List.of(Question.of("escapepath", "a.b/C")), q -> Answer.yes(q.text(0)))));
  }

  /** A module.Check that takes a version in a short form, or with a build, is not ours. */
  private static boolean isIntended(Difference difference) {
    return difference.question().op().equals("check")
        && difference.kind() == Difference.Kind.STRICTER
        && !Semver.canonicalVersion(difference.question().text(1))
            .equals(difference.question().text(1));
  }

  /** Each operation is to be answered with yes and with no so often. */
  private void assertAgreement(List<Question> questions, int often) throws Exception {
    Map<String, Integer> yes = new TreeMap<>();
    Map<String, Integer> no = new TreeMap<>();
    List<Difference> all =
        oracle.differences(
            questions,
            question -> {
              Answer ours = requireNonNull(OURS.get(question.op())).apply(question);
              (ours instanceof Answer.Yes ? yes : no).merge(question.op(), 1, Integer::sum);
              return ours;
            });
    List<Difference> bugs = all.stream().filter(d -> !isIntended(d)).toList();
    assertEquals("", print(bugs), bugs.size() + " differences, seed " + SEED);
    assertTrue(bugs.size() < all.size(), "versions that are not canonical were asked for");
    for (String op : OURS.keySet()) {
      assertTrue(
          yes.getOrDefault(op, 0) >= often, op + " was answered with yes too rarely: " + yes);
      assertTrue(
          no.getOrDefault(op, 0) >= often || TOTAL.contains(op),
          op + " was answered with no too rarely: " + no);
    }
  }

  private static String print(List<Difference> differences) {
    return differences.stream().limit(PRINTED).map(Difference::toString).collect(joining("\n"));
  }

  private static List<Difference.Kind> kinds(List<Difference> differences) {
    return differences.stream().map(Difference::kind).toList();
  }
}
