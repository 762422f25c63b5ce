package dev.modgate.telemetry;

import static dev.modgate.telemetry.CharClass.ALPHANUMERIC;
import static dev.modgate.telemetry.CharClass.BASE64;
import static dev.modgate.telemetry.CharClass.DELIMITER;
import static dev.modgate.telemetry.CharClass.GAP;
import static dev.modgate.telemetry.CharClass.OPAQUE;
import static dev.modgate.telemetry.CharClass.TAIL;
import static dev.modgate.telemetry.CharClass.WORD;
import static dev.modgate.telemetry.CharClass.isOf;
import static dev.modgate.telemetry.CharClass.skip;
import static dev.modgate.telemetry.CharClass.skipBack;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What looks like a credential although nobody told us so: a value behind {@code Bearer} or a
 * telling name, a user name and password in a URL, a query, a JSON Web Token, a token with a
 * well-known beginning, a shorter opaque value behind an operator, and any long opaque run of
 * letters and digits.
 *
 * <p>An h1: hash (go.dev/ref/mod#go-sum-files) is no credential although it looks like one.
 */
final class CredentialShapes {

  /** Words behind which a credential stands, after white space. RFC 9110 §11.4. */
  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "digest", "negotiate", "ntlm", "apikey");

  /** Names behind which a credential stands, after a colon or an equals sign. */
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "pwd",
          "apikey",
          "api_key",
          "api-key",
          "accesskey",
          "access_key",
          "access-key",
          "private_key",
          "private-key",
          "credential",
          "credentials",
          "signature",
          "session");

  /** The length of the shortest name. */
  private static final int MIN_NAME = 3;

  /** Hosts whose paths are secrets. */
  private static final List<String> WEBHOOKS =
      List.of("hooks.slack.com/", "webhook.office.com/", "discord.com/api/webhooks/");

  /** Characters behind such a beginning, one of them a digit, that make a token. */
  private static final int MIN_TOKEN = 10;

  /** Letters and digits in a row that need no digit. */
  private static final int MIN_LETTERS = 24;

  /** So many characters are looked at to tell a token. */
  private static final int MAX_TOKEN = 40;

  /** Letters and digits in a row that are opaque if both occur. */
  private static final int MIN_OPAQUE = 32;

  /** "h1:" and 32 bytes in base64. */
  private static final int H1_LENGTH = 47;

  private static final boolean[] FIRSTS = firsts();

  private CredentialShapes() {}

  /** Adds every part of the text that looks like a credential. */
  static void find(String text, Cuts cuts) {
    words(text, cuts);
    query(text, cuts);
    userinfo(text, cuts);
    opaqueRuns(text, cuts);
    AssignedValues.find(text, cuts);
    webhooks(text, cuts);
    int block = text.indexOf("-----BEGIN");
    cuts.add(block < 0 ? text.length() : block, text.length());
  }

  /** True if the text is an h1: hash. */
  static boolean isH1(String text) {
    return text.length() == H1_LENGTH && isH1(text, 0);
  }

  private static void words(String text, Cuts cuts) {
    int i = 0;
    while (i < text.length()) {
      int end = skip(text, i, WORD);
      if (end > i) {
        tokens(text, i, end, cuts);
        end = valueBehind(text, i, end, cuts);
      }
      i = Math.max(end, i + 1);
    }
  }

  /** Cuts what a word announces, to the end of the line; the index to go on from. */
  private static int valueBehind(String text, int from, int end, Cuts cuts) {
    int value = skip(text, end, GAP);
    boolean named =
        value < text.length()
            && (text.charAt(value) == ':' || text.charAt(value) == '=')
            && isName(text, from, end);
    boolean scheme = value > end && SCHEMES.contains(lower(text, from, end));
    if (!named && !scheme) {
      return end;
    }
    int line = text.indexOf('\n', value);
    int to = line < 0 ? text.length() : line;
    cuts.add(named ? value + 1 : value, to);
    return to;
  }

  private static void tokens(String text, int from, int end, Cuts cuts) {
    for (int i = from; i + MIN_TOKEN < end; i++) {
      boolean begins = i == from || !isOf(text.charAt(i - 1), ALPHANUMERIC);
      if (begins && FIRSTS[text.charAt(i)] && isToken(text, i)) {
        cuts.add(i, skip(text, end, TAIL));
        return;
      }
    }
  }

  private static boolean isToken(String text, int from) {
    for (String prefix : TokenPrefixes.ALL) {
      if (text.regionMatches(true, from, prefix, 0, prefix.length())) {
        int body = from + prefix.length();
        boolean joined = isOf(prefix.charAt(prefix.length() - 1), ALPHANUMERIC);
        if (prefix.equals(TokenPrefixes.JWT)
            || isTokenBody(text, body, joined)
            || (!joined && skip(text, body, ALPHANUMERIC) - body >= MIN_LETTERS)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Letters and digits, with underlines and hyphens among them if the beginning has one. */
  private static boolean isTokenBody(String text, int from, boolean joined) {
    boolean digit = false;
    int i = from;
    while (i < Math.min(text.length(), from + MAX_TOKEN)) {
      char c = text.charAt(i);
      if (!isOf(c, ALPHANUMERIC) && (joined || (c != '_' && c != '-'))) {
        break;
      }
      digit |= Character.isDigit(c);
      i++;
    }
    return digit && i - from >= MIN_TOKEN;
  }

  /** True for a telling name, also as the end of a longer one: {@code X-Goog-Api-Key}. */
  private static boolean isName(String text, int from, int end) {
    if (end - from < MIN_NAME) {
      return false;
    }
    String name = lower(text, Math.max(from, end - 24), end);
    return SCHEMES.contains(name) || NAMES.stream().anyMatch(name::endsWith);
  }

  private static void query(String text, Cuts cuts) {
    int mark = text.indexOf('?');
    while (mark >= 0) {
      int end = mark + 1;
      while (end < text.length() && !isOf(text.charAt(end), DELIMITER)) {
        end++;
      }
      cuts.add(mark + 1, end);
      mark = text.indexOf('?', end);
    }
  }

  /** Before an at sign: all of it after "//", and after white space if it holds a colon. */
  private static void userinfo(String text, Cuts cuts) {
    int from = 0;
    boolean colon = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/' || isOf(c, DELIMITER)) {
        from = i + 1;
        colon = false;
      } else if (c == ':') {
        colon = true;
      } else if (c == '@' && (colon || (from >= 2 && text.startsWith("//", from - 2)))) {
        cuts.add(from, i);
      }
    }
  }

  private static void opaqueRuns(String text, Cuts cuts) {
    int i = 0;
    while (i < text.length()) {
      if (isH1(text, i)) {
        i += H1_LENGTH;
        continue;
      }
      int end = skip(text, i, OPAQUE);
      if (end - i >= MIN_OPAQUE && isMixed(text, i, end)) {
        int tail = skip(text, end, TAIL);
        cuts.add(skipBack(text, i, TAIL), tail);
        end = tail;
      }
      i = Math.max(end, i + 1);
    }
  }

  private static void webhooks(String text, Cuts cuts) {
    for (String host : WEBHOOKS) {
      int end = 0;
      for (int at = text.indexOf(host); at >= 0; at = text.indexOf(host, end)) {
        end = at + host.length();
        while (end < text.length() && !isOf(text.charAt(end), DELIMITER)) {
          end++;
        }
        cuts.add(at + host.length(), end);
      }
    }
  }

  static boolean isMixed(String text, int from, int end) {
    boolean letter = false;
    boolean digit = false;
    for (int i = from; i < end; i++) {
      digit |= Character.isDigit(text.charAt(i));
      letter |= Character.isLetter(text.charAt(i));
    }
    return letter && digit;
  }

  /** True for the colon of an h1: hash. */
  static boolean isH1Colon(String text, int at) {
    return at >= 2 && text.charAt(at) == ':' && isH1(text, at - 2);
  }

  private static boolean isH1(String text, int from) {
    return text.startsWith("h1:", from)
        && text.length() >= from + H1_LENGTH
        && (from == 0 || !isOf(text.charAt(from - 1), OPAQUE))
        && skip(text, from + 3, BASE64) == from + H1_LENGTH
        && text.charAt(from + H1_LENGTH - 1) == '=';
  }

  private static String lower(String text, int from, int end) {
    return text.substring(from, end).toLowerCase(Locale.ROOT);
  }

  /** The characters that begin a known beginning of a token, in both cases. */
  private static boolean[] firsts() {
    boolean[] firsts = new boolean[128];
    for (String prefix : TokenPrefixes.ALL) {
      firsts[prefix.charAt(0)] = true;
      firsts[Character.toUpperCase(prefix.charAt(0))] = true;
    }
    return firsts;
  }
}
