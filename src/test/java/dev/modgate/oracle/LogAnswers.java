package dev.modgate.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.function.Function;

/** What we say to the questions of log_ops.go. */
public final class LogAnswers {

  private LogAnswers() {}

  /** By operation. */
  public static Map<String, Function<Question, Answer>> all() {
    return Map.of(
        "verifierkey", LogAnswers::verifierKey,
        "opennote", LogAnswers::openNote,
        "parsetree", LogAnswers::parseTree,
        "parserecord", LogAnswers::parseRecord,
        "parsetile", LogAnswers::parseTile,
        "checkrecord", LogAnswers::checkRecord,
        "checktree", LogAnswers::checkTree);
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
