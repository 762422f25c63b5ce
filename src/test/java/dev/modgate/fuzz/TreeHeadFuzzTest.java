package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.FakeLog;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.TreeHead;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The tree head is that of the first three lines, whatever is signed behind them. */
final class TreeHeadFuzzTest {

  static Stream<byte[]> seeds() {
    FakeLog log = new FakeLog("log.test", 1).addMany(5);
    return Stream.of(
            log.head(5).format(),
            TreeHead.EMPTY.format(),
            new TreeHead(TreeHead.SIZE_BOUND - 1, Hash.OF_EMPTY_TREE).format(),
            log.head(3).format() + "more\n" + log.head(5).format(),
            log.head(5).format().replace("\n5\n", "\n05\n"))
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void head(byte[] input) {
    check(new String(input, UTF_8), TreeHead::parse);
  }

  @Test
  void headOfTheLastThreeLines_takenByABrokenParser_isFound() {
    Function<String, Parsed<TreeHead>> last =
        text -> TreeHead.parse(text.substring(text.lastIndexOf("go.sum database tree")));
    byte[] two = seeds().toList().get(3);
    assertThrows(AssertionError.class, () -> check(new String(two, UTF_8), last));
  }

  private static void check(String text, Function<String, Parsed<TreeHead>> parser) {
    Parsed<TreeHead> parsed = parser.apply(text);
    Reasons.check(parsed);
    if (parsed instanceof Parsed.Valid<TreeHead>(TreeHead head)) {
      String[] lines = text.split("\n", -1);
      assertEquals("go.sum database tree", lines[0]);
      assertEquals(Long.toString(head.size()), lines[1]);
      assertEquals(Hash.parse(lines[2]), Parsed.valid(head.root()));
      assertEquals(Parsed.valid(head), TreeHead.parse(head.format()));
    }
  }
}
