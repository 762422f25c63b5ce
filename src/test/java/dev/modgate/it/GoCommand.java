package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real go command with a home, a cache and settings of its own. */
final class GoCommand {

  private final Path home;
  private final Path project;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * @param home an empty folder for its caches
   * @param project where go.mod is
   */
  GoCommand(Path home, Path project) {
    this.home = home;
    this.project = project;
    environment.put("HOME", home.toString());
    environment.put("GOPATH", home.resolve("go").toString());
    environment.put("GOMODCACHE", home.resolve("mod").toString());
    environment.put("GOCACHE", home.resolve("build").toString());
    environment.put("GOENV", "off");
    environment.put("GOFLAGS", "-mod=mod -modcacherw");
    environment.put("GOTOOLCHAIN", "local");
    environment.put("GOPRIVATE", "");
    environment.put("GONOSUMDB", "");
    environment.put("GONOPROXY", "");
  }

  GoCommand with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * How it ended.
   *
   * @param output standard output and standard error
   */
  record Result(int exit, String output) {}

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("go"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Forgets all modules and what it knows of the checksum database. */
  void forget() throws IOException {
    for (Path folder : List.of(home.resolve("mod"), home.resolve("go"))) {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  Path modCache() {
    return home.resolve("mod");
  }
}
