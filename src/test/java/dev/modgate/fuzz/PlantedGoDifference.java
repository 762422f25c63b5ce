package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.oracle.Question;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bug to be found: the parser of {@link PlantedLaxTilePath}, held against Go alone as in {@link
 * GoDifferenceSearch}.
 */
final class PlantedGoDifference {

  static Stream<byte[]> seeds() {
    return PlantedLaxTilePath.seeds();
  }

  @MethodSource("seeds")
  @FuzzTest
  void path(byte[] input) {
    GoDifferenceSearch.check(
        Question.of("parsetile", new String(input, UTF_8)), PlantedLaxTilePath::answer);
  }
}
