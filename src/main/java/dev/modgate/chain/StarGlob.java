package dev.modgate.chain;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in which {@code *} stands for any text, also none, and a backslash takes what follows as it
 * is. Only the last star is ever tried again, so time is bounded by the product of both lengths.
 */
final class StarGlob {

  /** What no character of a text is. */
  private static final int STAR = -1;

  private final List<Integer> items = new ArrayList<>();

  StarGlob(String text) {
    for (int i = 0; i < text.length(); i++) {
      boolean escapes = text.charAt(i) == '\\' && i + 1 < text.length();
      if (escapes) {
        i++;
      }
      items.add(!escapes && text.charAt(i) == '*' ? STAR : text.charAt(i));
    }
  }

  boolean matches(String text) {
    int g = 0;
    int t = 0;
    int afterStar = -1;
    int retry = 0;
    while (t < text.length()) {
      if (g < items.size() && items.get(g) == STAR) {
        afterStar = ++g;
        retry = t;
      } else if (g < items.size() && items.get(g) == text.charAt(t)) {
        g++;
        t++;
      } else if (afterStar >= 0) {
        g = afterStar;
        t = ++retry;
      } else {
        return false;
      }
    }
    return items.subList(g, items.size()).stream().allMatch(item -> item == STAR);
  }
}
