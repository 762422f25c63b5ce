package dev.modgate.verify.module;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.oracle.GoCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed tables are those that the real go has now. */
final class UnicodeTablesIT {

  private static final Path GENERATOR = Path.of("src", "test", "go", "unicodetables");

  @Test
  void version_ofGo_is15() {
    assertEquals("15.0.0\n", generate("version"));
  }

  @Test
  void letters_generatedAgain_areThoseCommitted() throws IOException {
    assertEquals(generate("letters"), committed("letters.txt"));
  }

  @Test
  void folds_generatedAgain_areThoseCommitted() throws IOException {
    assertEquals(generate("folds"), committed("folds.txt"));
  }

  @Test
  void isLetter_everyCharacter_isAsInTheTable() {
    BitSet letters = new BitSet();
    rows(generate("letters")).forEach(row -> letters.set(row[0], row[1] + 1));
    assertTrue(letters.cardinality() > 100_000);
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      assertEquals(letters.get(c), UnicodeTables.isLetter(c), Integer.toHexString(c));
    }
  }

  @Test
  void leastFold_everyCharacter_isAsInTheTable() {
    int[] least = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).toArray();
    rows(generate("folds")).forEach(row -> least[row[0]] = row[1]);
    assertFalse(Arrays.equals(least, IntStream.rangeClosed(0, Character.MAX_CODE_POINT).toArray()));
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      assertEquals(least[c], UnicodeTables.leastFold(c), Integer.toHexString(c));
    }
  }

  private static Stream<int[]> rows(String table) {
    return table
        .lines()
        .map(row ->
            Arrays.stream(row.split(" ", -1)).mapToInt(hex -> Integer.parseInt(hex, 16)).toArray());
  }

  private static String generate(String table) {
    return GoCommand.run(GENERATOR, "run", ".", table);
  }

  private static String committed(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(UnicodeTables.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
