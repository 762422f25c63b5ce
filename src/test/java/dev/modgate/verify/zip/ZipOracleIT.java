package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.VERSION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedZip;
import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Difference;
import dev.modgate.oracle.Mutator;
import dev.modgate.oracle.Oracle;
import dev.modgate.oracle.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/**
 * What is accepted here is accepted by x/mod/zip's Unzip and has the hash that HashZip gives it.
 * How many random zips of each kind: {@code -Dmodgate.oracle.cases=N}; others: {@code
 * -Dmodgate.oracle.seed=N}.
 */
final class ZipOracleIT {
  private static final int CASES = Integer.getInteger("modgate.oracle.cases", 2_000);
  private static final long SEED = Long.getLong("modgate.oracle.seed", 20_261_123L);

  private final Random random = new Random(SEED);
  private final Oracle oracle;

  ZipOracleIT() throws IOException {
    oracle = Oracle.build();
  }

  /** Both ways: an honest layout is refused only for a name that Go refuses too. */
  @Test
  void names_areTakenAsByGo() throws Exception {
    List<Question> questions = new ArrayList<>();
    Mutator names =
        new Mutator(
            random,
            List.of("go.mod", "a/b.go", "a/B/c", "LICENSE", "a/", "x", "\u00e9/\u017f", "k"),
            List.of("/", "..", ".", "GO.MOD", "\\", ":", "\n", "con", "s", "\u212a", "K", "a/b"));
    for (int i = 0; i < CASES; i++) {
      questions.add(question(named(names, 1 + random.nextInt(4)).bytes()));
    }
    assertEquals(List.of(), differences(questions));
    assertTrue(accepted(questions).size() > CASES / 10, "enough of them are accepted");
  }

  @Test
  void layouts_thatAreAccepted_areReadAsByGo() throws Exception {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < CASES * 4; i++) {
      questions.add(question(edited(lying().bytes())));
    }
    List<Question> accepted = accepted(questions);
    assertTrue(accepted.size() > CASES / 10, accepted.size() + " are accepted");
    assertEquals(List.of(), differences(accepted));
  }

  /** Data that the JDK's inflater takes, with the size and the CRC-32 of what it makes of it. */
  @Test
  void streams_thatAreAccepted_areInflatedAsByGo() throws Exception {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < CASES * 4; i++) {
      questions.add(question(streamed().bytes()));
    }
    List<Question> accepted = accepted(questions);
    assertTrue(accepted.size() > CASES / 10, accepted.size() + " are accepted");
    assertEquals(List.of(), differences(accepted));
  }

  /** The control. */
  @Test
  void plantedDifferences_areNoticed() throws Exception {
    CraftedZip crc = Fixture.zip();
    crc.entry(0).crc(1);
    List<Question> questions = List.of(question(crc.bytes()), question(Fixture.zip().bytes()));
    List<Difference> differences = oracle.differences(questions, q -> Answer.yes("h1:"));
    assertEquals(
        List.of(Difference.Kind.LAXER, Difference.Kind.OTHERWISE),
        differences.stream().map(Difference::kind).toList());
  }

  /**
   * Go takes a directory that is listed twice, and counts it twice; it takes no other duplicate.
   */
  private static boolean isIntended(Difference difference) {
    return difference.kind() == Difference.Kind.STRICTER
        && difference.ours() instanceof Answer.No(String reason)
        && reason.startsWith("duplicate: ");
  }

  private List<String> differences(List<Question> questions) throws Exception {
    return oracle.differences(questions, ZipOracleIT::ours).stream()
        .filter(difference -> !isIntended(difference))
        .map(ZipOracleIT::described)
        .toList();
  }

  private static String described(Difference difference) {
    String zip = HexFormat.of().formatHex(difference.question().args().get(2));
    return difference.kind() + ": " + difference.ours() + ", " + difference.theirs() + ", " + zip;
  }

  private static Question question(byte[] zip) {
    String path = VERSION.path().text();
    return new Question(
        "modulezip", List.of(path.getBytes(UTF_8), VERSION.version().getBytes(UTF_8), zip));
  }

  private static Answer ours(Question question) {
    return switch (Fixture.examine(question.args().get(2))) {
      case ZipVerdict.Sound sound -> Answer.yes(sound.h1().toString());
      case ZipVerdict.Unsound(String rule, String reason) -> new Answer.No(rule + ": " + reason);
    };
  }

  private static List<Question> accepted(List<Question> questions) {
    return questions.stream().filter(q -> ours(q) instanceof Answer.Yes).toList();
  }

  private static CraftedZip named(Mutator names, int count) {
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < count; i++) {
      String name = names.next();
      zip.add(PREFIX + name, name.endsWith("/") ? "" : "x");
    }
    return zip;
  }

  /** A zip with at most three entries and, mostly, no more than one lie. */
  private CraftedZip lying() {
    CraftedZip zip = new CraftedZip();
    for (String name : List.of("go.mod", "a/b", "c/").subList(0, 1 + random.nextInt(3))) {
      byte[] content = (name.endsWith("/") ? "" : "content of " + name).getBytes(UTF_8);
      CraftedEntry entry = zip.add(PREFIX + name, content);
      switch (random.nextInt(4)) {
        case 0 -> entry.stored(content);
        case 1 -> entry.sizesInHeader();
        case 2 -> entry.descriptor(oneOf(CraftedEntry.Descriptor.values()));
        default -> {}
      }
    }
    lie(zip.entry(0));
    return zip;
  }

  private void lie(CraftedEntry entry) {
    long number = random.nextBoolean() ? random.nextInt(40) : random.nextInt() & 0xffff_ffffL;
    switch (random.nextInt(24)) {
      case 0 -> entry.crc(number);
      case 1 -> entry.size(number);
      case 2 -> entry.packedSize(number);
      case 3 -> entry.localCrc(number);
      case 4 -> entry.localSize(number);
      case 5 -> entry.localPackedSize(number);
      case 6 -> entry.flags(random.nextInt(1 << 16));
      case 7 -> entry.localFlags(random.nextInt(1 << 16));
      case 8 -> entry.method(random.nextInt(10));
      case 9 -> entry.localMethod(random.nextInt(10));
      case 10 -> entry.attributes(number);
      case 11 -> entry.offsetShift(number);
      case 12 -> entry.descriptorCrc(number);
      case 13 -> entry.localName(PREFIX + "go.mod");
      default -> {}
    }
  }

  /** With up to two changed bytes, or parts of it cut out or doubled. */
  private byte[] edited(byte[] zip) {
    byte[] edited = zip.clone();
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> {
        for (int i = random.nextInt(3); i > 0; i--) {
          edited[random.nextInt(edited.length)] = (byte) random.nextInt();
        }
      }
      case 3 -> {
        int from = random.nextInt(edited.length);
        int to = from + random.nextInt(edited.length - from);
        edited = joined(zip, 0, from, zip, to, zip.length);
      }
      case 4 -> edited = joined(zip, 0, random.nextInt(zip.length), zip, 0, zip.length);
      default -> {}
    }
    return edited;
  }

  private static byte[] joined(byte[] a, int from, int to, byte[] b, int start, int end) {
    byte[] joined = new byte[to - from + end - start];
    System.arraycopy(a, from, joined, 0, to - from);
    System.arraycopy(b, start, joined, to - from, end - start);
    return joined;
  }

  /** One entry, its data a deflate stream with a few changes. */
  private CraftedZip streamed() {
    CraftedZip zip = new CraftedZip();
    byte[] content = new byte[1 + random.nextInt(2_000)];
    int letters = 1 + random.nextInt(30);
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ('a' + random.nextInt(letters));
    }
    CraftedEntry entry = zip.add(PREFIX + "x", content);
    byte[] packed = entry.packed();
    for (int i = random.nextInt(3); i > 0; i--) {
      packed[random.nextInt(Math.min(packed.length, 80))] ^= (byte) (1 << random.nextInt(8));
    }
    byte[] unpacked = new byte[1 << 16];
    Inflater inflater = new Inflater(true);
    inflater.setInput(packed);
    try {
      int length = inflater.inflate(unpacked);
      CRC32 crc = new CRC32();
      crc.update(unpacked, 0, length);
      int used = (int) inflater.getBytesRead();
      entry.packed(Arrays.copyOf(packed, used)).size(length).crc(crc.getValue());
    } catch (DataFormatException e) {
      entry.size(0);
    } finally {
      inflater.end();
    }
    return zip;
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
