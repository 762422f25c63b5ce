package dev.modgate.oracle;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Texts a few edits away from realistic ones. All have UTF-8: there is no lone surrogate.
 *
 * <p>The same generator in the same state gives the same texts.
 */
public final class Mutator {

  private final RandomGenerator random;
  private final List<String> seeds;
  private final List<String> pieces;

  /**
   * Starts from texts.
   *
   * @param seeds not empty: what is edited
   * @param pieces not empty: what is put in
   */
  public Mutator(RandomGenerator random, List<String> seeds, List<String> pieces) {
    this.random = random;
    this.seeds = seeds;
    this.pieces = pieces;
  }

  /** A seed with 0 to 3 edits. */
  public String next() {
    return edit(oneOf(seeds), random.nextInt(4));
  }

  /** The text with as many edits. */
  public String edit(String text, int edits) {
    String edited = text;
    for (int i = 0; i < edits; i++) {
      edited = edit(edited);
    }
    return edited;
  }

  private String edit(String text) {
    int[] c = text.codePoints().toArray();
    int from = random.nextInt(c.length + 1);
    int to = from + random.nextInt(Math.min(4, c.length - from + 1));
    String before = new String(c, 0, from);
    String cut = new String(c, from, to - from);
    String after = new String(c, to, c.length - to);
    return switch (random.nextInt(8)) {
      case 0 -> before + after;
      case 1 -> before + oneOf(pieces) + cut + after;
      case 2 -> before + oneOf(pieces) + after;
      case 3 -> before + ascii() + cut + after;
      case 4 -> before + ascii() + after;
      case 5 -> before + cut + cut + after;
      case 6 -> before + swapCase(cut) + after;
      default -> random.nextInt(3) == 0 ? before + any() + after : text + oneOf(pieces);
    };
  }

  private static String swapCase(String text) {
    return text.codePoints()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String ascii() {
    return Character.toString(random.nextInt(0x80));
  }

  private String any() {
    int c = random.nextInt(random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1);
    boolean surrogate = Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE;
    return Character.toString(surrogate ? 0xFFFD : c);
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
