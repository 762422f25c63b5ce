package dev.modgate.verify.module;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private static final int CASES = Integer.getInteger("modgate.oracle.cases", 5_000);
  private static final long SEED = Long.getLong("modgate.oracle.seed", 20_261_123L);

  /** At most so many differences are printed. */
  private static final int PRINTED = 40;

  /** Operations that x/mod never answers with no. */
  private static final Set<String> TOTAL = Set.of("semverparts", "semvercompare");

  private static final Map<String, Function<Question, Answer>> OURS = ours();

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

  private static Map<String, Function<Question, Answer>> ours() {
    Map<String, Function<Question, Answer>> ours = new TreeMap<>();
    ours.put("checkpath", q -> Answer.of(ModulePath.parse(q.text(0)).isValid()));
    ours.put("checkimport", q -> Answer.of(ImportPaths.check(q.text(0)).isValid()));
    ours.put("checkfile", q -> Answer.of(FilePaths.check(q.text(0)).isValid()));
    ours.put("pathmajor", q -> path(q, ModulePath::major));
    ours.put("escapepath", q -> path(q, ModulePath::escaped));
    ours.put("unescapepath", q -> Answer.of(ModulePath.unescape(q.text(0))));
    ours.put("escapeversion", q -> Answer.of(VersionText.escape(q.text(0))));
    ours.put("unescapeversion", q -> Answer.of(VersionText.unescape(q.text(0))));
    ours.put("check", q -> Answer.of(version(q).isValid()));
    ours.put("canonicalversion", q -> nonEmpty(Semver.canonicalVersion(q.text(0))));
    ours.put("pseudo", q -> Answer.of(PseudoVersion.isPseudo(q.text(0))));
    ours.put("pseudobase", q -> Answer.of(PseudoVersion.base(q.text(0))));
    ours.put("pseudorev", q -> Answer.of(PseudoVersion.revision(q.text(0))));
    ours.put("pseudotime", q -> Answer.of(PseudoVersion.time(q.text(0))));
    ours.put("matchprefix", q -> Answer.of(ModulePatterns.parse(q.text(0)).match(q.text(1))));
    ours.put("equalfold", q -> Answer.of(SimpleFold.equal(q.text(0), q.text(1))));
    ours.put("semvervalid", q -> Answer.of(Semver.isValid(q.text(0))));
    ours.put("semverparts", ModuleOracleIT::parts);
    ours.put("semvercompare", q -> Answer.yes("" + Semver.compare(q.text(0), q.text(1))));
    ours.put("hash1", ModuleOracleIT::hash1);
    return ours;
  }

  private static Answer path(Question question, Function<ModulePath, String> property) {
    return Answer.of(
        ModulePath.parse(question.text(0)).then(path -> Parsed.valid(property.apply(path))));
  }

  private static Parsed<ModuleVersion> version(Question question) {
    return ModulePath.parse(question.text(0))
        .then(path -> ModuleVersion.of(path, question.text(1)));
  }

  private static Answer nonEmpty(String text) {
    return text.isEmpty() ? new Answer.No("empty") : Answer.yes(text);
  }

  private static Answer parts(Question question) {
    String v = question.text(0);
    return Answer.yes(
        Semver.canonical(v),
        Semver.major(v),
        Semver.majorMinor(v),
        Semver.prerelease(v),
        Semver.build(v));
  }

  private static Answer hash1(Question question) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      H1.Builder builder = new H1.Builder();
      for (int i = 0; i < question.args().size(); i += 2) {
        builder.add(question.args().get(i), sha256.digest(question.args().get(i + 1)));
      }
      return Answer.yes(builder.build().toString());
    } catch (IllegalArgumentException e) {
      return new Answer.No("a newline");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
