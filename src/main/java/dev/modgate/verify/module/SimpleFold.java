package dev.modgate.verify.module;

/**
 * Equality under Unicode simple case folding, as Go's strings.EqualFold: the JDK's own ways either
 * know too many pairs (dotless i) or too few (long s, capital sharp s).
 */
public final class SimpleFold {

  private SimpleFold() {}

  /**
   * A text that two texts share if and only if they are equal under folding.
   *
   * @param text any text
   * @return the key, which is for comparing only
   */
  public static String key(String text) {
    StringBuilder key = new StringBuilder(text.length());
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      key.appendCodePoint(UnicodeTables.leastFold(c));
    }
    return key.toString();
  }

  /**
   * Whether two texts are equal under folding.
   *
   * @param a any text
   * @param b any text
   * @return true if they are
   */
  public static boolean equal(String a, String b) {
    return key(a).equals(key(b));
  }
}
