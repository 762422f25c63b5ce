package dev.modgate.oracle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The program in src/test/go/oracle, which answers as golang.org/x/mod does. */
public final class Oracle {

  private static final Path SOURCE = Path.of("src", "test", "go", "oracle");
  private static final Path TARGET = Path.of("target", "oracle").toAbsolutePath();

  private final Path program;

  private Oracle(Path program) {
    this.program = program;
  }

  /** Builds the program; x/mod comes from the module cache of the go command. */
  public static Oracle build() throws IOException {
    Files.createDirectories(TARGET);
    Path program = TARGET.resolve("oracle");
    GoCommand.run(SOURCE, "build", "-buildvcs=false", "-o", program.toString(), ".");
    return new Oracle(program);
  }

  /** The built program, absolute. */
  public Path program() {
    return program;
  }

  /**
   * Asks all questions in one run.
   *
   * @return as many answers in the same order
   * @throws IllegalStateException if the program does not understand a question, or fails
   */
  public List<Answer> ask(List<Question> questions) throws IOException, InterruptedException {
    Path run = Files.createTempDirectory(TARGET, "run");
    Path in = run.resolve("in");
    Path out = run.resolve("out");
    Path err = run.resolve("err");
    try (BufferedWriter writer = Files.newBufferedWriter(in, US_ASCII)) {
      for (Question question : questions) {
        writer.write(question.line());
      }
    }
    int status =
        new ProcessBuilder(program.toString())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    List<String> lines = Files.readAllLines(out, US_ASCII);
    if (status != 0 || lines.size() != questions.size()) {
      throw new IllegalStateException("the oracle failed: " + Files.readString(err));
    }
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      answers.add(read(questions.get(i), lines.get(i)));
    }
    for (Path file : List.of(in, out, err, run)) {
      Files.delete(file);
    }
    return answers;
  }

  /** The questions to which we say something else. */
  public List<Difference> differences(List<Question> questions, Function<Question, Answer> ours)
      throws IOException, InterruptedException {
    List<Answer> theirs = ask(questions);
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Answer our = ours.apply(questions.get(i));
      if (!our.agrees(theirs.get(i))) {
        differences.add(new Difference(questions.get(i), our, theirs.get(i)));
      }
    }
    return differences;
  }

  static Answer read(Question question, String line) {
    String[] words = line.split(" ", -1);
    List<String> values = Stream.of(words).skip(1).map(Oracle::decode).toList();
    return switch (words[0]) {
      case "yes" -> new Answer.Yes(values);
      case "no" -> new Answer.No(values.getFirst());
      default -> throw new IllegalStateException(question + " was answered: " + values);
    };
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }
}
