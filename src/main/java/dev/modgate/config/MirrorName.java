package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.util.regex.Pattern;

/**
 * What a mirror may be called: the names of GOPROXY entries, metrics and variables depend on it.
 */
final class MirrorName {

  private static final Pattern SYNTAX = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  static final String RULE =
      "name it with a lower-case letter and up to 62 more lower-case letters, digits and dashes,"
          + " but not direct, off, noproxy or none";

  private MirrorName() {}

  /** The reason does not repeat the name. */
  static Parsed<String> parse(String name) {
    if (GoProxyText.RESERVED.contains(name)) {
      return Parsed.invalid("is a word that GOPROXY reserves");
    }
    return SYNTAX.matcher(name).matches()
        ? Parsed.valid(name)
        : Parsed.invalid("is not the name of a mirror");
  }
}
