package dev.modgate.oracle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The oracle, asked one question after the other; it ends with this JVM. */
public final class Conversation {

  private final BufferedWriter questions;
  private final BufferedReader answers;

  /** Starts a program that {@link Oracle#build} has built. */
  public Conversation(Path program) throws IOException {
    Process process =
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.outputWriter(US_ASCII);
    answers = process.inputReader(US_ASCII);
  }

  /** Waits for the answer. */
  public Answer ask(Question question) {
    try {
      questions.write(question.line());
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the oracle ended at " + question);
      }
      return Oracle.read(question, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
