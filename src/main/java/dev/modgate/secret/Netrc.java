package dev.modgate.secret;

import dev.modgate.verify.Parsed;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The netrc format, as curl and the go command read it: {@code machine HOST login USER password
 * PASSWORD}, separated by white space; {@code default} at the end is for every other host; {@code
 * macdef} goes on to the next empty line. The first entry for a host counts.
 *
 * @see <a href="https://everything.curl.dev/usingcurl/netrc.html">everything.curl.dev, netrc</a>
 */
public final class Netrc {

  /** Bytes of a file, at most. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final List<String> WITH_VALUE = List.of("login", "password", "account");

  private final String host;
  private boolean inEntry;
  private boolean macro;
  private String login = "";
  private String password = "";
  private String awaited = "";
  private boolean done;

  private Netrc(String host) {
    this.host = host;
  }

  /** {@code user:password} for a host, or why there is none; no reason quotes the text. */
  public static Parsed<Secret> userAndPassword(String text, String host) {
    Netrc netrc = new Netrc(host.toLowerCase(Locale.ROOT));
    text.lines().takeWhile(_ -> !netrc.done).forEach(netrc::line);
    if (!netrc.inEntry) {
      return Parsed.invalid("the netrc file has no entry for the host of the mirror");
    }
    if (netrc.login.isEmpty() || netrc.password.isEmpty() || netrc.login.contains(":")) {
      return Parsed.invalid("the netrc entry of the mirror lacks a login or a password");
    }
    return Secret.of(netrc.login + ":" + netrc.password);
  }

  private void line(String line) {
    if (macro) {
      macro = !line.isBlank();
      return;
    }
    StringTokenizer words = new StringTokenizer(line);
    while (words.hasMoreTokens() && !done) {
      String word = words.nextToken();
      if (awaited.isEmpty() && word.startsWith("#")) {
        return;
      }
      word(word);
    }
  }

  private void word(String word) {
    String of = awaited;
    awaited = "";
    switch (of) {
      case "" -> keyword(word);
      case "machine" -> inEntry = word.toLowerCase(Locale.ROOT).equals(host);
      case "login" -> login = inEntry ? word : login;
      case "password" -> password = inEntry ? word : password;
      default -> {}
    }
  }

  private void keyword(String word) {
    boolean begins = word.equals("machine") || word.equals("default");
    if (begins && inEntry) {
      done = true;
    } else if (word.equals("default")) {
      inEntry = true;
    } else if (word.equals("macdef")) {
      macro = true;
      awaited = "macdef";
    } else if (word.equals("machine") || WITH_VALUE.contains(word)) {
      awaited = word;
    }
  }
}
