package dev.modgate.direct;

import dev.modgate.direct.DirectSettings.Credential;
import dev.modgate.direct.DirectSettings.Source;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModulePatterns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The credentials that the run for one module may use; of each kind, the first that matches.
 *
 * @param matching in the operator's order
 */
record Grants(List<Source> matching) {

  Grants {
    matching = List.copyOf(matching);
  }

  static Grants of(List<Credential> credentials, ModulePath module) {
    return new Grants(
        credentials.stream()
            .filter(each -> ModulePatterns.of(List.of(each.modules())).match(module.text()))
            .map(Credential::source)
            .toList());
  }

  boolean isEmpty() {
    return matching.isEmpty();
  }

  <T extends Source> Optional<T> first(Class<T> kind) {
    return matching.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Without it, git would go on as a stranger and blame the origin. */
  boolean areReadable() {
    return matching.stream().flatMap(each -> each.files().stream()).allMatch(Grants::isReadable);
  }

  private static boolean isReadable(Path file) {
    return Files.isRegularFile(file) && Files.isReadable(file);
  }
}
