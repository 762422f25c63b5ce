package dev.modgate.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bug to be found: six bytes, looked at one by one. By chance that is one input in 2^48; with the
 * edges that it takes in sight it is six small steps.
 */
final class PlantedMagicWord {

  static final String WORD = "k!7Zq#";

  static Stream<byte[]> seeds() {
    return Stream.of(new byte[16]);
  }

  @MethodSource("seeds")
  @FuzzTest
  void word(byte[] input) {
    if (starts(input, 0)) {
      throw new AssertionError("planted");
    }
  }

  /** Not equals: Jazzer would read the whole word off its arguments. */
  private static boolean starts(byte[] input, int at) {
    if (at == WORD.length()) {
      return true;
    }
    if (at >= input.length) {
      return false;
    }
    return switch (at) {
      case 0 -> input[0] == 'k' && starts(input, 1);
      case 1 -> input[1] == '!' && starts(input, 2);
      case 2 -> input[2] == '7' && starts(input, 3);
      case 3 -> input[3] == 'Z' && starts(input, 4);
      case 4 -> input[4] == 'q' && starts(input, 5);
      default -> input[5] == '#' && starts(input, 6);
    };
  }
}
