package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search for known secrets is linear in the text. It is counted, not timed: how often it looks
 * at a character. The secrets are longer than every text, so that what grows with both shows.
 */
final class SecretSearchWorkTest {

  /** Characters of the shortest text; twice and four times as many are searched too. */
  private static final int SHORT = Scrubber.MAX_LENGTH / 4;

  /** Four times the text may cost a little more than four times the work, because of its ends. */
  private static final double MOST_GROWTH = 4.4;

  /** Looks at each character, at most: one to roll, and 64 places that are grown to both sides. */
  private static final int MOST_LOOKS = 1 + 2 * 64;

  private static final LeakDetector TOKEN = LeakDetector.random(new SplittableRandom(7));

  /** Texts of any length, made of one piece, and the secrets that are known. */
  record Case(String name, String piece, List<String> secrets) {
    String text(int length) {
      return piece.repeat(length / piece.length() + 1).substring(0, length);
    }

    SecretIndex index() {
      return SecretIndex.of(secrets.stream().map(String::toCharArray).toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String random = random(KnownSecrets.MAX_LENGTH);
    List<String> tokens = List.of(TOKEN.canary(), random(40), random);
    cases.add(new Case("a module's path", "github.com/aws/aws-sdk-go-v2/service/", tokens));
    cases.add(new Case("one letter", "a", List.of(longOf("a"))));
    cases.add(
        new Case("one letter and its end", "a", List.of(longOf("a") + "b", "b" + longOf("a"))));
    for (int period : new int[] {2, 5, 6, 7, 11, 12, 13, 64}) {
      String unit = random(period);
      cases.add(new Case("period of " + period, unit, List.of(longOf(unit))));
    }
    cases.add(new Case("half of a secret", random.substring(0, 11) + "!", tokens));
    cases.add(new Case("all but its end", random.substring(0, 1000) + "!", tokens));
    cases.add(new Case("a long secret itself", random, tokens));
    cases.add(new Case("the same beginnings", random, sharedBeginnings(random)));
    cases.add(new Case("one inside the other, moved on", random, moved(random)));
    for (Encoding encoding : Encoding.values()) {
      String encoded = TOKEN.encode(encoding);
      cases.add(new Case("whole, " + encoding, encoded + "/", tokens));
      cases.add(new Case("half, " + encoding, encoded.substring(0, encoded.length() / 2), tokens));
    }
    cases.add(new Case("percent-encoded thrice", "%252541%25252561", List.of("%2525".repeat(9))));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void find_fourTimesTheText_looksFourTimesAsOften(Case searched) {
    SecretIndex index = searched.index();
    assertLinear(searched, text -> index.find(text, new Cuts()));
  }

  /**
   * The detector's own proof: without a memory of what was cut, a run is walked again and again.
   */
  @Test
  void find_thatForgetsWhatItCut_isNoticed() {
    Case letters = new Case("one letter", "a", List.of(longOf("a")));
    String secret = letters.secrets().getFirst();
    Consumer<CharSequence> forgetful =
        text -> {
          for (int start = 0; start < text.length(); start++) {
            grow(text, start, secret);
          }
        };
    assertThrows(AssertionError.class, () -> assertLinear(letters, forgetful));
    assertTrue(growth(letters, forgetful) > 15);
  }

  /** The count is of the whole search: nothing is read behind the counter's back. */
  @Test
  void find_text_isLookedAtInEachPlace() {
    Case path = cases().findFirst().orElseThrow();
    assertTrue(looks(path, SHORT, text -> path.index().find(text, new Cuts())) >= SHORT);
    Cuts cuts = new Cuts();
    Case whole = new Case("whole", TOKEN.canary() + "/", List.of(TOKEN.canary()));
    looks(whole, SHORT, text -> whole.index().find(text, cuts));
    assertFalse(cuts.isEmpty());
  }

  private static void assertLinear(Case searched, Consumer<CharSequence> search) {
    for (int length : new int[] {SHORT, 2 * SHORT, 4 * SHORT}) {
      double each = (double) looks(searched, length, search) / length;
      assertTrue(each <= MOST_LOOKS, () -> searched + ": " + each + " looks at each character");
    }
    double growth = growth(searched, search);
    assertTrue(growth <= MOST_GROWTH, () -> searched + ": grows by " + growth);
  }

  /** How many times the work of a text is that of one a quarter as long. */
  private static double growth(Case searched, Consumer<CharSequence> search) {
    return (double) looks(searched, 4 * SHORT, search) / looks(searched, SHORT, search);
  }

  private static long looks(Case searched, int length, Consumer<CharSequence> search) {
    Counted counted = new Counted(searched.text(length));
    search.accept(counted);
    return counted.looks;
  }

  private static void grow(CharSequence text, int start, String secret) {
    int in = 0;
    while (start + in < text.length() && text.charAt(start + in) == secret.charAt(in)) {
      in++;
    }
  }

  /** Counts each look at a character; gives its text away in no other way. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      throw new UnsupportedOperationException("not counted");
    }

    @Override
    public String toString() {
      throw new UnsupportedOperationException("not counted");
    }
  }

  private static String longOf(String unit) {
    return unit.repeat(KnownSecrets.MAX_LENGTH / unit.length());
  }

  /** Secrets that differ in their ends only. */
  private static List<String> sharedBeginnings(String random) {
    return IntStream.range(0, 60)
        .mapToObj(i -> random.substring(0, KnownSecrets.MAX_LENGTH - 10) + "end-" + i)
        .toList();
  }

  /** Secrets of 1,000 characters, each one character further on: cuts that hardly move. */
  private static List<String> moved(String random) {
    return IntStream.range(0, 60).mapToObj(i -> random.substring(i, i + 1000)).toList();
  }

  private static String random(int length) {
    SplittableRandom random = new SplittableRandom(length);
    return random
        .ints(length, 0, 36)
        .mapToObj(digit -> Character.toString(Character.forDigit(digit, 36)))
        .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
        .toString();
  }
}
