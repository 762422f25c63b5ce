package dev.modgate.config;

import java.util.Locale;

/**
 * A key of the configuration.
 *
 * @param path its names from the outermost on, with dots between them; {@code NAME} stands for the
 *     name of a mirror
 * @param defaultText what it has when nobody sets it, as it would be written
 * @param required true if there is no default
 * @param description one sentence
 */
record Key<T>(
    String path, ValueType<T> type, String defaultText, boolean required, String description) {

  static final String NAME = "NAME";

  static <T> Key<T> of(String path, ValueType<T> type, String defaultText, String description) {
    return new Key<>(path, type, defaultText, false, description);
  }

  static <T> Key<T> required(String path, ValueType<T> type, String description) {
    return new Key<>(path, type, "", true, description);
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
