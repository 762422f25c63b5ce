package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Question;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.tlog.Tile;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bug to be found: a parser of tile paths that is laxer than Go's, under the rule of {@link
 * TilePathFuzzTest}. It takes a level with zeros before it, and no seed has any.
 */
final class PlantedLaxTilePath {

  static Stream<byte[]> seeds() {
    return Stream.of("tile/8/0/000", "tile/8/1/x001/067.p/126").map(path -> path.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void path(byte[] input) {
    TilePathFuzzTest.check(input, PlantedLaxTilePath::parse);
  }

  /** As {@link Tile#parse}, but the level is a number in any form. */
  static Parsed<Tile> parse(String path) {
    return Tile.parse(withoutZeros(path));
  }

  /** What this parser says to Go's question. */
  static Answer answer(Question question) {
    return GoCounterparts.answer(Question.of("parsetile", withoutZeros(question.text(0))));
  }

  private static String withoutZeros(String path) {
    return path.replaceFirst("^(tile/[0-9]+/)0+([0-9])", "$1$2");
  }
}
