package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A GOPROXY list (go.dev/ref/mod#environment-variables; cmd/go/internal/modfetch/proxy.go) before
 * its names are looked up.
 */
record GoProxyText(List<Entry> entries) {

  GoProxyText {
    entries = List.copyOf(entries);
  }

  /** Words of GOPROXY, GONOPROXY and GOVCS; no mirror may be called so. */
  static final Set<String> RESERVED = Set.of("direct", "off", "noproxy", "none");

  /**
   * One entry and what follows it.
   *
   * @param afterAnyError true for {@code |}
   */
  record Entry(Target target, boolean afterAnyError) {}

  /** What an entry names. */
  sealed interface Target {}

  /** A mirror of the configuration, or {@code public}. */
  record Named(String mirror) implements Target {}

  /** A mirror that is described nowhere else. */
  record Direct(MirrorUrl url) implements Target {}

  /** {@code off}. */
  record Off() implements Target {}

  /** {@code direct}. */
  record Origins() implements Target {}

  /**
   * Like Go, ignores spaces around entries, empty entries, and what follows {@code off} and {@code
   * direct}.
   */
  static Parsed<GoProxyText> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (int start = 0; start < text.length(); number++) {
      int end = start;
      while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '|') {
        end++;
      }
      boolean afterAnyError = end < text.length() && text.charAt(end) == '|';
      String word = text.substring(start, end).strip();
      start = end + 1;
      if (word.isEmpty()) {
        continue;
      }
      switch (target(word)) {
        case Parsed.Invalid<Target>(String reason) -> {
          return Parsed.invalid("has an entry, number " + (number + 1) + ", that " + reason);
        }
        case Parsed.Valid<Target>(Target target) -> entries.add(new Entry(target, afterAnyError));
      }
      if (isLast(entries.getLast().target())) {
        break;
      }
    }
    return entries.isEmpty()
        ? Parsed.invalid("names no mirror")
        : Parsed.valid(new GoProxyText(entries));
  }

  private static boolean isLast(Target target) {
    return switch (target) {
      case Off _, Origins _ -> true;
      case Named _, Direct _ -> false;
    };
  }

  private static Parsed<Target> target(String word) {
    if (word.equals("off")) {
      return Parsed.valid(new Off());
    }
    if (word.equals("direct")) {
      return Parsed.valid(new Origins());
    }
    if (RESERVED.contains(word)) {
      return Parsed.invalid("is a reserved word");
    }
    if (word.chars().noneMatch(c -> ".:/@".indexOf(c) >= 0)) {
      return Parsed.valid(new Named(word));
    }
    boolean complete = word.contains(":/") || word.startsWith("/");
    if (!complete && word.contains("@")) {
      return Parsed.invalid(
          "holds an @ but no https://: in a password, write \",\" as %2C and \"|\" as %7C");
    }
    return MirrorUrl.parse(complete ? word : "https://" + word)
        .then(url -> Parsed.valid(new Direct(url)));
  }

  @Override
  public String toString() {
    String all =
        entries.stream()
            .map(entry -> text(entry.target()) + (entry.afterAnyError() ? "|" : ","))
            .collect(Collectors.joining());
    return all.substring(0, all.length() - 1);
  }

  private static String text(Target target) {
    return switch (target) {
      case Named(String mirror) -> mirror;
      case Direct(MirrorUrl url) -> url.toString();
      case Off _ -> "off";
      case Origins _ -> "direct";
    };
  }
}
