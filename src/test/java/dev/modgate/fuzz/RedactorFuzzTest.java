package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.LeakDetector;
import dev.modgate.telemetry.SpanTree;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Of any tree of spans, with secrets anywhere in it, none leaves, and nothing is thrown. */
final class RedactorFuzzTest {

  /** Text around a secret; longer ones are another target's. */
  private static final int LONGEST_NOISE = 24;

  static Stream<byte[]> seeds() {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 48)
        .mapToObj(i -> {
          byte[] seed = new byte[16 + 8 * i];
          random.nextBytes(seed);
          return seed;
        });
  }

  @MethodSource("seeds")
  @FuzzTest
  void tree(byte[] input) {
    check(input, SpanTree::redacted);
  }

  @Test
  void tree_withoutRedaction_isFound() {
    long found =
        seeds()
            .filter(seed -> !leaks(read(seed).raw()).isEmpty())
            .peek(seed -> assertThrows(AssertionError.class, () -> check(seed, SpanTree::raw)))
            .count();
    assertTrue(found > 40, "of 48 seeds: " + found);
  }

  private static void check(byte[] input, Function<SpanTree, byte[]> exported) {
    assertEquals(List.of(), leaks(exported.apply(read(input))));
  }

  private static List<LeakDetector.Encoding> leaks(byte[] bytes) {
    return Stream.of(SpanTree.TOKEN, SpanTree.KNOWN, SpanTree.UNKNOWN)
        .flatMap(secret -> secret.search(bytes).stream())
        .toList();
  }

  private static SpanTree read(byte[] input) {
    Script script = new Script(input);
    return new SpanTree(script::next, () -> noise(script));
  }

  /** Often none. */
  private static String noise(Script script) {
    int length = script.next();
    if (length >= LONGEST_NOISE) {
      return "";
    }
    byte[] noise = new byte[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (byte) script.next();
    }
    return new String(noise, ISO_8859_1);
  }
}
