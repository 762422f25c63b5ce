package dev.modgate.fuzz;

import static dev.modgate.oracle.Difference.Kind.STRICTER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Conversation;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we take is put to Go at once, so that coverage leads to what only we take. An input is the
 * number of a target, and an input of that one. Not a test: it needs the oracle, which {@link
 * Jazzer} names.
 */
final class GoDifferenceSearch {

  private static final Conversation GO = conversation();

  static Stream<byte[]> seeds() {
    List<String> targets = GoCounterparts.targets();
    return IntStream.range(0, targets.size())
        .boxed()
        .flatMap(i -> FuzzTarget.seeds(targets.get(i)).map(seed -> numbered(i, seed)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void input(byte[] input) {
    if (input.length > 0) {
      List<String> targets = GoCounterparts.targets();
      String target = targets.get((input[0] & 0xff) % targets.size());
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      GoCounterparts.questions(target, rest).forEach(q -> check(q, GoCounterparts::answer));
    }
  }

  static void check(Question question, Function<Question, Answer> reader) {
    Answer ours = reader.apply(question);
    if (ours instanceof Answer.Yes) {
      Answer theirs = GO.ask(question);
      if (!ours.agrees(theirs)) {
        Difference difference = new Difference(question, ours, theirs);
        assertEquals(STRICTER, difference.kind(), difference::toString);
      }
    }
  }

  private static byte[] numbered(int target, byte[] input) {
    byte[] numbered = new byte[input.length + 1];
    numbered[0] = (byte) target;
    System.arraycopy(input, 0, numbered, 1, input.length);
    return numbered;
  }

  private static Conversation conversation() {
    try {
      return new Conversation(Path.of(System.getProperty(Jazzer.ORACLE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
