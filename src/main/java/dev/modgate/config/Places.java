package dev.modgate.config;

import java.util.List;
import java.util.Optional;

/** The tree that the paths of {@link Keys} make. A place is a path that keys lie below. */
final class Places {

  private Places() {}

  static Optional<Key<?>> key(String template) {
    for (Key<?> key : Keys.all()) {
      if (key.path().equals(template)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  static boolean isPlace(String template) {
    return !names(template).isEmpty();
  }

  /** The names of what lies directly below a place; the outermost place is the empty path. */
  static List<String> names(String template) {
    String prefix = template.isEmpty() ? "" : template + ".";
    return Keys.all().stream()
        .map(Key::path)
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()))
        .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
        .distinct()
        .toList();
  }
}
