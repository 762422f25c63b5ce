package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.FakeLog;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.tlog.LogRecord;
import dev.modgate.verify.tlog.TreeHead;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that is taken is what stands in the bytes, and all that stands there. */
final class LogRecordFuzzTest {

  static Stream<byte[]> seeds() {
    FakeLog log = new FakeLog("log.test", 1).addMany(3);
    return Stream.concat(
        Stream.of(log.lookupBody(0, 3), log.lookupBody(2, 3)),
        Stream.of("0\na\n\n", "01\na\n\n", "+1\na\n\n", "4611686018427387903\na\n\nb\n\n")
            .map(text -> text.getBytes(UTF_8)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void record(byte[] input) {
    check(input, LogRecord::parse);
  }

  @Test
  void numberWithASign_takenByABrokenParser_isFound() {
    Function<byte[], Parsed<LogRecord.Split>> lax =
        bytes -> LogRecord.parse(new String(bytes, UTF_8).replace("+", "").getBytes(UTF_8));
    assertThrows(AssertionError.class, () -> check("+1\na\n\n".getBytes(UTF_8), lax));
  }

  private static void check(byte[] input, Function<byte[], Parsed<LogRecord.Split>> parser) {
    Parsed<LogRecord.Split> parsed = parser.apply(input);
    Reasons.check(parsed);
    if (parsed
        instanceof Parsed.Valid<LogRecord.Split>(LogRecord.Split(LogRecord record, var rest))) {
      assertArrayEquals(input, (record.format() + rest).getBytes(UTF_8));
      assertTrue(record.id() >= 0 && record.id() < TreeHead.SIZE_BOUND);
      assertTrue(record.text().endsWith("\n"));
      assertFalse(record.text().startsWith("\n") || record.text().contains("\n\n"));
    }
  }
}
