package dev.modgate.verify.tlog;

import java.util.OptionalLong;

/** Numbers as the log writes them: ASCII digits, no sign, no leading zero. */
final class Decimal {

  private Decimal() {}

  /** The number, or empty if the text is not its one form or the number is not below the bound. */
  static OptionalLong parse(String text, long bound) {
    if (text.isEmpty() || text.length() > 19 || (text.length() > 1 && text.charAt(0) == '0')) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return OptionalLong.empty();
      }
      value = 10 * value + digit;
    }
    return value < bound ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
