package dev.modgate.verify.sumdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.NoteSignature;
import dev.modgate.verify.note.SignedNote;
import dev.modgate.verify.note.VerifierKey;
import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.InclusionProof;
import dev.modgate.verify.tlog.LogRecord;
import dev.modgate.verify.tlog.Tile;
import dev.modgate.verify.tlog.TreeHead;
import java.util.ArrayList;
import java.util.HexFormat;
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

  private static final Map<String, Function<Question, Answer>> OURS =
      Map.of(
          "verifierkey", LogOracleIT::verifierKey,
          "opennote", LogOracleIT::openNote,
          "parsetree", LogOracleIT::parseTree,
          "parserecord", LogOracleIT::parseRecord,
          "parsetile", LogOracleIT::parseTile,
          "checkrecord", LogOracleIT::checkRecord,
          "checktree", LogOracleIT::checkTree);

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

  private static Answer verifierKey(Question question) {
    return switch (VerifierKey.parse(question.text(0))) {
      case Parsed.Valid<VerifierKey>(VerifierKey key) -> Answer.yes(key.name(), hex(key.hash()));
      case Parsed.Invalid<VerifierKey>(String reason) -> new Answer.No(reason);
    };
  }

  private static Answer openNote(Question question) {
    List<VerifierKey> keys = new ArrayList<>();
    for (int i = 1; i < question.args().size(); i++) {
      keys.add(VerifierKey.parse(question.text(i)).orThrow());
    }
    return switch (SignedNote.open(question.args().getFirst(), keys)) {
      case SignedNote.Opened.Verified(SignedNote note) -> {
        List<String> values = new ArrayList<>(List.of(note.text()));
        for (List<NoteSignature> list : List.of(note.verified(), note.unverified())) {
          values.add(Integer.toString(list.size()));
          list.forEach(s -> values.add(s.name() + "+" + hex(s.keyHash()) + "+" + s.base64()));
        }
        yield new Answer.Yes(values);
      }
      case SignedNote.Opened.Unverified unverified -> new Answer.No("unverified");
      case SignedNote.Opened.BadSignature bad -> new Answer.No("bad signature");
      case SignedNote.Opened.Malformed(String reason) -> new Answer.No(reason);
    };
  }

  private static Answer parseTree(Question question) {
    return switch (TreeHead.parse(new String(question.args().getFirst(), UTF_8))) {
      case Parsed.Valid<TreeHead>(TreeHead head) ->
          Answer.yes(Long.toString(head.size()), head.root().toString());
      case Parsed.Invalid<TreeHead>(String reason) -> new Answer.No(reason);
    };
  }

  private static Answer parseRecord(Question question) {
    return switch (LogRecord.parse(question.args().getFirst())) {
      case Parsed.Valid<LogRecord.Split>(LogRecord.Split split) ->
          Answer.yes(Long.toString(split.record().id()), split.record().text(), split.rest());
      case Parsed.Invalid<LogRecord.Split>(String reason) -> new Answer.No(reason);
    };
  }

  private static Answer parseTile(Question question) {
    return switch (Tile.parse(question.text(0))) {
      case Parsed.Valid<Tile>(Tile(int height, int level, long number, int width)) ->
          Answer.yes("" + height, "" + level, "" + number, "" + width);
      case Parsed.Invalid<Tile>(String reason) -> new Answer.No(reason);
    };
  }

  private static Answer checkRecord(Question question) {
    long size = Long.parseLong(question.text(0));
    return Answer.of(
        size >= 0
            && new InclusionProof(proof(question))
                .proves(
                    new TreeHead(size, hash(question, 1)),
                    Long.parseLong(question.text(2)),
                    hash(question, 3)));
  }

  private static Answer checkTree(Question question) {
    long size = Long.parseLong(question.text(0));
    long old = Long.parseLong(question.text(2));
    return Answer.of(
        size >= 0
            && old >= 0
            && new ConsistencyProof(proof(question))
                .proves(
                    new TreeHead(size, hash(question, 1)), new TreeHead(old, hash(question, 3))));
  }

  private static List<Hash> proof(Question question) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = 4; i < question.args().size(); i++) {
      hashes.add(hash(question, i));
    }
    return hashes;
  }

  private static Hash hash(Question question, int index) {
    return Hash.parse(question.text(index)).orThrow();
  }

  private static String hex(int hash) {
    return HexFormat.of().toHexDigits(hash);
  }
}
