package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What the sources say so far: a later one replaces what an earlier one said of the same key. */
final class Settings {

  private final Path home;
  private final Map<String, Held<?>> held = new HashMap<>();
  private final SequencedMap<String, Origin> mirrors = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Settings(Path home) {
    this.home = home;
  }

  /** A value that somebody set. */
  record Held<T>(T value, Origin origin, String shown) {}

  /** Takes the text of a key, or notes why it is refused. */
  <T> void offer(Key<T> key, String path, String text, Origin origin) {
    switch (key.type().parse(text)) {
      case Parsed.Valid<T>(T value) -> hold(key, path, value, origin);
      case Parsed.Invalid<T>(String reason) ->
          problem(origin, path, reason, origin.advice(path, key.example()));
    }
  }

  <T> void hold(Key<T> key, String path, T value, Origin origin) {
    T settled = key.type().in(home, value);
    held.put(path, new Held<>(settled, origin, key.type().show(settled)));
  }

  /** A mirror of that name exists; the first place that says so is remembered. */
  void define(String mirror, Origin origin) {
    mirrors.putIfAbsent(mirror, origin);
  }

  void problem(Origin origin, String key, String message, String fix) {
    problems.add(new Problem(origin.toString(), key, message, fix));
  }

  /** In the order of their definition. */
  SequencedMap<String, Origin> mirrors() {
    return mirrors;
  }

  List<Problem> problems() {
    return problems;
  }

  boolean isSet(String path) {
    return held.containsKey(path);
  }

  <T> T value(Key<T> key, String path) {
    return key.type().javaType().cast(of(key, path).value());
  }

  /** The value of a key that has no default. */
  <T> Optional<T> find(Key<T> key, String path) {
    return isSet(path) ? Optional.of(value(key, path)) : Optional.empty();
  }

  Origin origin(Key<?> key, String path) {
    return of(key, path).origin();
  }

  Setting setting(Key<?> key, String path) {
    Held<?> effective = of(key, path);
    return new Setting(path, effective.shown(), effective.origin());
  }

  private <T> Held<?> of(Key<T> key, String path) {
    Held<?> set = held.get(path);
    if (set != null) {
      return set;
    }
    hold(key, path, key.type().parse(key.defaultText()).orThrow(), new Origin.Default());
    return of(key, path);
  }
}
