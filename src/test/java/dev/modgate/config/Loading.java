package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads what a test writes down. */
final class Loading {

  static final Path HOME = Path.of("/home/alice");

  private final Path file;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> flags = new HashMap<>();
  private boolean withFile;

  Loading(Path directory) {
    this.file = directory.resolve("modgate.yaml");
  }

  Loading file(String yaml) {
    withFile = true;
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Loading env(String variable, String text) {
    environment.put(variable, text);
    return this;
  }

  Loading flag(String name, String text) {
    flags.put(name, text);
    return this;
  }

  /** The directory of the file is cut from what is compared. */
  String at(int line) {
    return file + ":" + line;
  }

  LoadResult load() {
    return ConfigurationLoader.load(
        new LoadRequest(withFile ? Optional.of(file) : Optional.empty(), environment, flags, HOME));
  }

  LoadResult.Loaded loaded() {
    return switch (load()) {
      case LoadResult.Loaded loaded -> loaded;
      case LoadResult.Refused(List<Problem> problems) -> fail(problems.toString());
    };
  }

  Configuration configuration() {
    return loaded().configuration();
  }

  List<Problem> problems() {
    return switch (load()) {
      case LoadResult.Loaded loaded -> fail("not refused: " + loaded.settings());
      case LoadResult.Refused(List<Problem> problems) -> problems;
    };
  }

  Problem problem() {
    List<Problem> problems = problems();
    return problems.size() == 1 ? problems.getFirst() : fail(problems.toString());
  }

  /** {@code value (origin)} of a key, with the name of the file alone. */
  String shown(String key) {
    return loaded().settings().stream()
        .filter(setting -> setting.key().equals(key))
        .map(setting -> setting.value() + " (" + setting.origin() + ")")
        .map(text -> text.replace(file.toString(), "modgate.yaml"))
        .findFirst()
        .orElseGet(() -> fail("no setting " + key));
  }
}
