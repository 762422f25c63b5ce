package dev.modgate.config;

import dev.modgate.config.ScalarTypes.WordType;
import java.util.List;

/** The keys of what the process says on standard error. */
final class LogKeys {

  static final Key<LogFormat> FORMAT =
      Key.of(
          "log.format",
          new WordType<>(LogFormat.class),
          "text",
          "A line for people, or one JSON object with the ids of the trace. Credentials are taken out"
              + " of both.");

  static final Key<LogLevel> LEVEL =
      Key.of(
          "log.level",
          new WordType<>(LogLevel.class),
          "warning",
          "The least that is said, by the libraries too; `trace` is very much.");

  static final List<Key<?>> ALL = List.of(FORMAT, LEVEL);

  private LogKeys() {}
}
