package dev.modgate.direct;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds commands, anew each time: one that is installed later is found later.
 *
 * @param folders in which they are looked for, absolute
 */
record Programs(List<Path> folders) {

  /** What the go command starts: git itself is partly a shell script, and it starts ssh. */
  private static final List<String> STARTED = List.of("git", "ssh", "sh");

  Programs {
    folders = List.copyOf(folders);
  }

  /**
   * Reads a PATH; a folder that is not absolute is left out, because it depends on where one is.
   */
  static Programs in(String searchPath) {
    List<Path> folders = new ArrayList<>();
    for (String folder : searchPath.split(":", -1)) {
      path(folder).filter(Path::isAbsolute).ifPresent(folders::add);
    }
    return new Programs(folders);
  }

  /** The command of a name, or of a path with a slash in it. */
  Optional<Path> find(String command) {
    return command.contains("/")
        ? path(command).map(Path::toAbsolutePath).filter(Programs::isProgram)
        : folders.stream()
            .map(folder -> folder.resolve(command))
            .filter(Programs::isProgram)
            .findFirst();
  }

  /** A PATH that holds the folders of the given command and of what it starts, and no others. */
  String pathFor(Path command) {
    Set<Path> needed = new LinkedHashSet<>();
    needed.add(command.resolveSibling("."));
    STARTED.forEach(name -> find(name).ifPresent(found -> needed.add(found.resolveSibling("."))));
    return needed.stream()
        .map(folder -> folder.normalize().toString())
        .distinct()
        .collect(Collectors.joining(":"));
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
