package dev.modgate.verify.sumdb;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.LogAnswers;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The rooms note and tlog against golang.org/x/mod itself: never laxer, and stricter only where
 * {@link #isIntended} says so. {@code -Dmodgate.oracle.cases=N} asks N questions of each kind,
 * {@code -Dmodgate.oracle.seed=N} other ones.
 */
final class LogOracleIT {

  private static final int CASES = Integer.getInteger("modgate.oracle.cases", 2_000);
  private static final long SEED = Long.getLong("modgate.oracle.seed", 20_261_123L);

  private static final Map<String, Function<Question, Answer>> OURS = LogAnswers.all();

  @Test
  void spoiltTexts_inEveryOperation_areReadAsByGo() throws Exception {
    Map<String, Integer> yes = new TreeMap<>();
    Map<String, Integer> no = new TreeMap<>();
    List<Difference> differences =
        Oracle.build()
            .differences(
                new LogQuestions(SEED).random(CASES),
                question -> {
                  Answer ours = requireNonNull(OURS.get(question.op())).apply(question);
                  (ours instanceof Answer.Yes ? yes : no).merge(question.op(), 1, Integer::sum);
                  return ours;
                });
    List<Difference> bugs = differences.stream().filter(d -> !isIntended(d)).toList();
    assertEquals(
        "",
        bugs.stream().limit(20).map(Difference::toString).collect(Collectors.joining("\n")),
        bugs.size() + " differences, seed " + SEED);
    for (String op : OURS.keySet()) {
      assertTrue(yes.getOrDefault(op, 0) >= CASES / 100, op + " was taken too rarely: " + yes);
      assertTrue(no.getOrDefault(op, 0) >= CASES / 100, op + " was refused too rarely: " + no);
    }
  }

  @Test
  void plantedRule_thatTakesAll_isNoticed() throws Exception {
    List<Difference> differences =
        Oracle.build()
            .differences(
                List.of(Question.of("parsetile", "tile/8/0/000/"), Question.of("parsetree", "x")),
                question -> Answer.yes());
    assertEquals(2, differences.stream().filter(d -> !isIntended(d)).count());
  }

  /** Where we refuse what Go takes; each is written down at the rule. */
  private static boolean isIntended(Difference difference) {
    if (difference.kind() != Difference.Kind.STRICTER) {
      return false;
    }
    String reason = difference.ours() instanceof Answer.No(String why) ? why : "";
    return switch (difference.question().op()) {
      case "parserecord" ->
          reason.contains("not plain UTF-8 text")
              || reason.contains("begins with a blank line")
              || reason.contains("number of the record");
      case "parsetree" ->
          (reason.contains("below 2^62") && sizeHas19Digits(difference))
              || difference.question().text(0).contains("\r");
      case "parsetile" ->
          difference.question().text(0).matches("tile/\\d+/(6[3-9]|\\d{3,}|[7-9]\\d)/.*");
      case "verifierkey" -> difference.question().text(0).matches("(?s).*[\r\n].*");
      default -> false;
    };
  }

  private static boolean sizeHas19Digits(Difference difference) {
    return difference.question().text(0).lines().skip(1).findFirst().orElse("").length() >= 19;
  }
}
