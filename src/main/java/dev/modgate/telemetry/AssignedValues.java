package dev.modgate.telemetry;

import static dev.modgate.telemetry.CharClass.ALPHANUMERIC;
import static dev.modgate.telemetry.CharClass.TAIL;
import static dev.modgate.telemetry.CharClass.isOf;
import static dev.modgate.telemetry.CharClass.skip;

/**
 * What is given to a name of any kind and looks as if nobody had chosen it: {@code x = 7Hd92…}.
 * Shorter than an opaque run in the open, because of where it stands.
 */
final class AssignedValues {

  /** Behind these stands a value. */
  private static final String OPERATORS = "=>|:,";

  /** Between an operator and its value, in any order. */
  private static final String GAP = "=>'\"` \t";

  /** At most so many of them. */
  private static final int MAX_GAP = 6;

  /** Letters and digits in a row; the hash in a pseudo-version has 12. */
  private static final int MIN_RUN = 14;

  /** The same with underlines, hyphens and dots among them, and at least three digits. */
  private static final int MIN_BROKEN_RUN = 30;

  /** So many characters of a broken run are looked at. */
  private static final int MAX_BROKEN_RUN = 64;

  /** Hex digits between the hyphens of a UUID, RFC 9562. */
  private static final int[] UUID = {8, 4, 4, 4, 12};

  private AssignedValues() {}

  static void find(String text, Cuts cuts) {
    int i = 0;
    while (i < text.length()) {
      if (OPERATORS.indexOf(text.charAt(i)) < 0 || CredentialShapes.isH1Colon(text, i)) {
        i++;
        continue;
      }
      int value = behindGap(text, i + 1);
      int run = skip(text, value, ALPHANUMERIC);
      if (isChosenByNobody(text, value, run)) {
        run = skip(text, run, TAIL);
        cuts.add(value, run);
      }
      i = Math.max(i + 1, run);
    }
  }

  private static int behindGap(String text, int from) {
    int i = from;
    while (i < Math.min(text.length(), from + MAX_GAP) && GAP.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private static boolean isChosenByNobody(String text, int from, int run) {
    return (run - from >= MIN_RUN && CredentialShapes.isMixed(text, from, run))
        || isBrokenRun(text, from)
        || isUuid(text, from);
  }

  private static boolean isBrokenRun(String text, int from) {
    int digits = 0;
    int i = from;
    while (i < Math.min(text.length(), from + MAX_BROKEN_RUN) && isOf(text.charAt(i), TAIL)) {
      char c = text.charAt(i);
      if (c == '/') {
        return false; // a path
      }
      digits += Character.isDigit(c) ? 1 : 0;
      i++;
    }
    return i - from >= MIN_BROKEN_RUN && digits >= 3;
  }

  private static boolean isUuid(String text, int from) {
    int i = from;
    for (int length : UUID) {
      for (int end = i + length; i < end; i++) {
        if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0) {
          return false;
        }
      }
      if (length < 12 && (i >= text.length() || text.charAt(i++) != '-')) {
        return false;
      }
    }
    return true;
  }
}
