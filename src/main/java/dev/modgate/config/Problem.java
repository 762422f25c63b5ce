package dev.modgate.config;

/**
 * Why a configuration is refused. None of its texts repeats a value: it may be a secret.
 *
 * @param where {@code FILE:LINE}, {@code env NAME} or {@code flag --NAME}
 * @param key the path of the key; empty if the problem is not one key's
 * @param message what is wrong
 * @param fix what to write instead
 */
public record Problem(String where, String key, String message, String fix) {

  /** One line, such as {@code modgate.yaml:3: store.ttl: needs its unit (…); write "ttl: 1m"}. */
  @Override
  public String toString() {
    return where + ": " + (key.isEmpty() ? "" : key + ": ") + message + "; " + fix;
  }
}
