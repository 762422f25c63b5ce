package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.tlog.Tile;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Every tile has one path, and every path that is taken is that one. */
final class TilePathFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "tile/8/0/000",
            "tile/8/0/x264/212",
            "tile/8/1/x001/067.p/126",
            "tile/8/data/x999/x999/999.p/255",
            "tile/30/62/x001/x234/x067.p/1073741823",
            "tile/1/0/x009/x223/x372/x036/x854/x775/807",
            "tile/08/0/000",
            "tile/8/0/000.p/256",
            "tile/8/0/x000/001")
        .map(path -> path.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void path(byte[] input) {
    check(input, Tile::parse);
  }

  @Test
  void pathWithLeadingZeros_takenByABrokenParser_isFound() {
    Function<String, Parsed<Tile>> lax = path -> Tile.parse(path.replace("/08/", "/8/"));
    assertThrows(AssertionError.class, () -> check("tile/08/0/000".getBytes(UTF_8), lax));
  }

  static void check(byte[] input, Function<String, Parsed<Tile>> parser) {
    String path = new String(input, UTF_8);
    Parsed<Tile> parsed = parser.apply(path);
    Reasons.check(parsed);
    if (parsed instanceof Parsed.Valid<Tile>(Tile tile)) {
      assertEquals(path, tile.path());
      assertEquals(tile, tile.full().withWidth(tile.width()));
    }
  }
}
