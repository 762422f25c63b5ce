package dev.modgate.verify.sumdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeSigner;
import dev.modgate.fake.FakeTree;
import dev.modgate.oracle.Question;
import dev.modgate.verify.tlog.ConsistencyProof;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.InclusionProof;
import dev.modgate.verify.tlog.StoredHashIndex;
import dev.modgate.verify.tlog.TreeHead;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Questions about notes, heads, records, tiles and proofs: good ones, and good ones spoilt. */
final class LogQuestions {

  /** What is put into a text, or in place of a part of it. */
  private static final List<String> SPICES =
      List.of(
          "\n",
          "\n\n",
          "\r",
          "\0",
          "\t",
          " ",
          "+",
          "-",
          "=",
          "==",
          "0",
          "1",
          "9",
          "x",
          "/",
          "a",
          ".p/",
          "— ",
          "\u2014",
          "\u00a0",
          "\u0085",
          "\u2003",
          "\ufffd",
          "\u007f",
          "１",
          "9223372036854775807",
          "4611686018427387904",
          "go.sum database tree\n");

  private final FakeLog log = new FakeLog("log.test", 1).addMany(70);
  private final FakeSigner second = new FakeSigner("second.test", 2);
  private final FakeSigner stranger = new FakeSigner("stranger.test", 3);
  private final FakeTree tree = new FakeTree();
  private final Random random;

  LogQuestions(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 70; i++) {
      tree.add(Hash.ofRecord(("record " + i + "\n").getBytes(UTF_8)));
    }
  }

  /** So many of each kind. */
  List<Question> random(int count) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(new Question("verifierkey", List.of(spoilt(log.keyText()))));
      questions.add(openNote());
      questions.add(new Question("parsetree", List.of(spoilt(head()))));
      questions.add(new Question("parserecord", List.of(spoilt(lookup()))));
      questions.add(new Question("parsetile", List.of(spoilt(tilePath()))));
      questions.add(inclusion());
      questions.add(consistency());
    }
    return questions;
  }

  private Question openNote() {
    String text = head() + (random.nextInt(3) == 0 ? "more\n\nand more\n" : "");
    List<String> lines =
        List.of(
            log.signer().signatureLine(text),
            second.signatureLine(text),
            stranger.signatureLine(text),
            log.signer().line(new byte[64]),
            second.signatureLine("x\n"),
            log.signer().line(new byte[1 + random.nextInt(80)]));
    StringBuilder note = new StringBuilder(text + "\n" + lines.getFirst());
    for (int i = random.nextInt(3); i > 0; i--) {
      int line = random.nextInt(lines.size());
      note.append(lines.get(line).repeat(random.nextInt(40) == 0 ? 100 : 1));
    }
    byte[] message = spoilt(note.toString());
    List<byte[]> args = new ArrayList<>(List.of(message, bytes(log.keyText())));
    if (random.nextBoolean()) {
      args.add(bytes(second.keyText()));
    }
    if (random.nextInt(20) == 0) {
      args.add(bytes(log.keyText()));
    }
    return new Question("opennote", args);
  }

  private String head() {
    return log.head(random.nextInt(71)).format();
  }

  private String lookup() {
    return new String(log.lookupBody(random.nextInt(70), 70), UTF_8);
  }

  private String tilePath() {
    return "tile/%s/%s/%s%03d%s"
        .formatted(
            random.nextInt(6) == 0 ? random.nextInt(33) : 8,
            random.nextInt(6) == 0 ? "data" : random.nextInt(4),
            "x%03d/".formatted(random.nextInt(1, 1000)).repeat(random.nextInt(8)),
            random.nextInt(1000),
            random.nextBoolean() ? "" : ".p/" + random.nextInt(260));
  }

  private Question inclusion() {
    int size = 1 + random.nextInt(70);
    int id = random.nextInt(size);
    InclusionProof proof =
        InclusionProof.of(size, id, tree.stored(InclusionProof.indexes(size, id)));
    TreeHead head = tree.head(size);
    Hash record = tree.stored(StoredHashIndex.of(0, id));
    return proof("checkrecord", size, head.root(), id, record, proof.hashes());
  }

  private Question consistency() {
    int size = 1 + random.nextInt(70);
    int old = 1 + random.nextInt(size);
    ConsistencyProof proof =
        ConsistencyProof.of(size, old, tree.stored(ConsistencyProof.indexes(size, old)));
    return proof(
        "checktree", size, tree.head(size).root(), old, tree.head(old).root(), proof.hashes());
  }

  /** A proof with at most one thing changed. */
  private Question proof(
      String op, long size, Hash root, long inner, Hash innerHash, List<Hash> hashes) {
    List<Hash> nodes = new ArrayList<>(hashes);
    Hash any = tree.stored(random.nextInt(70));
    int change = random.nextInt(8);
    if (change == 0 && !nodes.isEmpty()) {
      nodes.set(random.nextInt(nodes.size()), any);
    } else if (change == 1) {
      nodes.add(random.nextInt(nodes.size() + 1), any);
    } else if (change == 2 && !nodes.isEmpty()) {
      nodes.remove(random.nextInt(nodes.size()));
    }
    long otherSize = change == 3 ? random.nextLong(-2, 75) : size;
    long otherInner = change == 4 ? random.nextLong(-2, 75) : inner;
    return Question.of(
        op,
        Stream.concat(
                Stream.of(
                    Long.toString(otherSize),
                    (change == 5 ? any : root).toString(),
                    Long.toString(otherInner),
                    (change == 6 ? any : innerHash).toString()),
                nodes.stream().map(Hash::toString))
            .toArray(String[]::new));
  }

  /** The text with up to three random changes; one in four is left as it is. */
  private byte[] spoilt(String text) {
    byte[] bytes = bytes(text);
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    return switch (random.nextInt(6)) {
      case 0 -> {
        changed[at] ^= (byte) (1 << random.nextInt(8));
        yield changed;
      }
      case 1 -> {
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 2 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(4)), new byte[0]);
      case 3 -> splice(bytes, at, at, spice());
      case 4 -> splice(bytes, at, at + 1, spice());
      default -> {
        int to = Math.min(bytes.length, at + random.nextInt(80));
        yield splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      }
    };
  }

  private byte[] spice() {
    return bytes(SPICES.get(random.nextInt(SPICES.size())));
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] insert) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(insert);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
