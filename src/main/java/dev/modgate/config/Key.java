package dev.modgate.config;

import java.util.Locale;

/**
 * A key of the configuration.
 *
 * @param path its names from the outermost on, with dots between them; {@code NAME} stands for the
 *     name of a mirror
 * @param defaultText its default, as it would be written; empty if it has none
 * @param absence what it means that nobody sets it
 * @param description one sentence
 */
record Key<T>(
    String path, ValueType<T> type, String defaultText, Absence absence, String description) {

  /** What it means that nobody sets a key. */
  enum Absence {
    /** It has its default. */
    DEFAULT,
    /** The configuration is refused. */
    REFUSED,
    /** It has no value, and is not printed. */
    NOTHING
  }

  static final String NAME = "NAME";

  static <T> Key<T> of(String path, ValueType<T> type, String defaultText, String description) {
    return new Key<>(path, type, defaultText, Absence.DEFAULT, description);
  }

  static <T> Key<T> required(String path, ValueType<T> type, String description) {
    return new Key<>(path, type, "", Absence.REFUSED, description);
  }

  static <T> Key<T> optional(String path, ValueType<T> type, String description) {
    return new Key<>(path, type, "", Absence.NOTHING, description);
  }

  /** The path of this key of one mirror. */
  String pathFor(String mirror) {
    return path.replace("." + NAME + ".", "." + mirror + ".");
  }

  boolean isOfMirror() {
    return path.contains("." + NAME + ".");
  }

  /** The environment variable that sets it. */
  String variable() {
    return "MODGATE_" + screaming(path);
  }

  /** The end of the variables that set this key of a mirror. */
  String variableLeaf() {
    return screaming(path.substring(path.indexOf(NAME) + NAME.length() + 1));
  }

  static String screaming(String path) {
    return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What to write, for one who wrote something else. */
  String example() {
    return defaultText.isEmpty() ? type.example() : defaultText;
  }
}
