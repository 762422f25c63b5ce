package dev.modgate.audit;

import java.time.Instant;

/**
 * Times as {@link Instant#toString} writes them (ISO 8601, UTC). Most are in the same second as the
 * one before, and the date is what takes long. For one thread.
 */
final class TimeText {

  /** Of the last second that was written: up to the point. */
  private String prefix = "";

  private long second = Long.MIN_VALUE;

  String of(Instant time) {
    if (time.getEpochSecond() != second) {
      second = time.getEpochSecond();
      String whole = Instant.ofEpochSecond(second).toString();
      prefix = whole.substring(0, whole.length() - 1);
    }
    int nanos = time.getNano();
    if (nanos == 0) {
      return prefix + "Z";
    }
    if (nanos % 1_000_000 == 0) {
      return prefix + "." + padded(nanos / 1_000_000, 3) + "Z";
    }
    return nanos % 1_000 == 0
        ? prefix + "." + padded(nanos / 1_000, 6) + "Z"
        : prefix + "." + padded(nanos, 9) + "Z";
  }

  private static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }
}
