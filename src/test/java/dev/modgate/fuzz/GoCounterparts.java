package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.modgate.oracle.Answer;
import dev.modgate.oracle.LogAnswers;
import dev.modgate.oracle.ModuleAnswers;
import dev.modgate.oracle.Question;
import dev.modgate.pipeline.InfoDocuments;
import dev.modgate.protocol.Request;
import dev.modgate.protocol.Target;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Go is asked about the input of a target, and what we say to it. */
final class GoCounterparts {

  /** Targets of what x/mod has no reader of its own for, and why. */
  static final Map<String, String> WITHOUT =
      Map.of(
          "TileBytesFuzzTest",
          "x/mod asks for tiles in an order of its own, so it would be given other lies",
          "RedactorFuzzTest",
          "x/mod has no spans");

  private static final Map<String, Function<byte[], List<Question>>> QUESTIONS =
      Map.ofEntries(
          Map.entry("ConsistencyProofFuzzTest", one(ConsistencyProofFuzzTest::question)),
          Map.entry("CraftedZipFuzzTest", one(i -> zip(CraftedZipFuzzTest.crafted(i)))),
          Map.entry("InclusionProofFuzzTest", one(InclusionProofFuzzTest::question)),
          Map.entry("InfoDocumentFuzzTest", one(i -> new Question("info", List.of(i)))),
          Map.entry("LogRecordFuzzTest", one(i -> new Question("parserecord", List.of(i)))),
          Map.entry("LookupFuzzTest", one(LookupFuzzTest::question)),
          Map.entry("ModulePathFuzzTest", input -> aboutPath(new String(input, UTF_8))),
          Map.entry("ModuleZipFuzzTest", one(GoCounterparts::zip)),
          Map.entry("SignedNoteFuzzTest", one(SignedNoteFuzzTest::question)),
          Map.entry("TargetFuzzTest", GoCounterparts::aboutTarget),
          Map.entry("TilePathFuzzTest", one(i -> text("parsetile", i))),
          Map.entry("TreeHeadFuzzTest", one(i -> text("parsetree", i))),
          Map.entry("VersionTextFuzzTest", input -> aboutVersion(new String(input, UTF_8))));

  private static final Map<String, Function<Question, Answer>> OURS = ours();

  private GoCounterparts() {}

  /** The names of the targets that Go can be asked about. */
  static List<String> targets() {
    return QUESTIONS.keySet().stream().sorted().toList();
  }

  static List<Question> questions(String target, byte[] input) {
    return requireNonNull(QUESTIONS.get(target)).apply(input);
  }

  static Answer answer(Question question) {
    return requireNonNull(OURS.get(question.op())).apply(question);
  }

  private static Map<String, Function<Question, Answer>> ours() {
    Map<String, Function<Question, Answer>> ours = new TreeMap<>(ModuleAnswers.all());
    ours.putAll(LogAnswers.all());
    ours.put("info", question -> Answer.of(InfoDocuments.version(question.args().getFirst())));
    ours.put("lookup", LookupFuzzTest::answer);
    ours.put("modulezip", GoCounterparts::examined);
    return ours;
  }

  private static Function<byte[], List<Question>> one(Function<byte[], Question> question) {
    return input -> List.of(question.apply(input));
  }

  /** With the text that our reader is given, which may not be the bytes. */
  private static Question text(String op, byte[] input) {
    return Question.of(op, new String(input, UTF_8));
  }

  private static List<Question> aboutPath(String text) {
    List<Question> questions = new ArrayList<>();
    Stream.of("checkpath", "pathmajor", "escapepath", "unescapepath", "checkimport", "checkfile")
        .map(op -> Question.of(op, text))
        .forEach(questions::add);
    int at = text.lastIndexOf('@');
    if (at >= 0) {
      questions.add(Question.of("check", text.substring(0, at), text.substring(at + 1)));
    }
    return questions;
  }

  private static List<Question> aboutVersion(String text) {
    List<Question> questions = new ArrayList<>();
    Stream.of(
            "escapeversion",
            "unescapeversion",
            "canonicalversion",
            "pseudo",
            "pseudobase",
            "pseudorev",
            "pseudotime",
            "semvervalid",
            "semverparts")
        .map(op -> Question.of(op, text))
        .forEach(questions::add);
    questions.add(Question.of("semvercompare", text, "v1.2.3"));
    return questions;
  }

  /** Module and version, as they stand in the path that goes upstream. */
  private static List<Question> aboutTarget(byte[] input) {
    if (!(TargetFuzzTest.PARSER.parse(new String(input, ISO_8859_1))
        instanceof Target.Known(Request.Artifact artifact))) {
      return List.of();
    }
    ModuleVersion version = artifact.version();
    return List.of(
        Question.of("unescapepath", version.path().escaped()),
        Question.of("unescapeversion", version.escapedVersion()),
        Question.of("check", version.path().text(), version.version()));
  }

  private static Question zip(byte[] zip) {
    ModuleVersion version = ZipProperty.VERSION;
    return new Question(
        "modulezip",
        List.of(version.path().text().getBytes(UTF_8), version.version().getBytes(UTF_8), zip));
  }

  private static Answer examined(Question question) {
    try {
      Path file = Files.createTempFile("fuzz", ".zip");
      try {
        Files.write(file, question.args().get(2));
        return switch (ModuleZip.examine(file, ZipProperty.VERSION)) {
          case ZipVerdict.Sound sound -> Answer.yes(sound.h1().toString());
          case ZipVerdict.Unsound(String rule, String reason) -> new Answer.No(rule + reason);
        };
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
