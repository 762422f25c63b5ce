package dev.modgate.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A go command that is a shell script, and the folders around it. */
final class FakeGo {

  /** Leaves the three files of a version as the go command does. */
  static final String DOWNLOADS =
      """
      d="$GOMODCACHE/cache/download/direct.test/m/@v"
      mkdir -p "$d"
      printf '{"Version":"v1.0.0"}' > "$d/v1.0.0.info"
      printf 'module direct.test/m' > "$d/v1.0.0.mod"
      printf 'PK' > "$d/v1.0.0.zip"
      chmod -R a-w "$GOMODCACHE/cache"
      printf '{"Info":"%s.info","GoMod":"%s.mod","Zip":"%s.zip"}' \\
        "$d/v1.0.0" "$d/v1.0.0" "$d/v1.0.0"
      chmod u+w "$d"
      """;

  private final Path folder;
  private final Path spool;
  private final AtomicInteger names = new AtomicInteger();

  FakeGo(Path folder) throws IOException {
    this.folder = folder;
    this.spool = Files.createDirectories(folder.resolve("spool"));
    Files.createDirectories(folder.resolve("bin"));
  }

  /**
   * Writes the script. It writes a line into {@code runs} each time, with its arguments.
   *
   * @param body with {@code OUT} for a folder that outlives the run
   */
  FakeGo does(String body) throws IOException {
    Path script = folder.resolve("bin/go");
    String start = "#!/bin/sh\necho \"$*\" >> OUT/runs\n";
    Files.writeString(script, (start + body).replace("OUT", folder.toString()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  DirectSettings settings() {
    return settings(Duration.ofMinutes(5), List.of());
  }

  DirectSettings settings(Duration timeout, List<DirectSettings.Credential> credentials) {
    return new DirectSettings(
        "go",
        folder.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
        1,
        timeout,
        Optional.empty(),
        Optional.empty(),
        credentials);
  }

  /** A name in the spool. */
  Path next() {
    return spool.resolve("f" + names.incrementAndGet());
  }

  /** The arguments of each run. */
  List<String> runs() throws IOException {
    Path runs = folder.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  /** What is left in the spool. */
  List<Path> left() throws IOException {
    try (var files = Files.list(spool)) {
      return new ArrayList<>(files.toList());
    }
  }

  Path out(String name) {
    return folder.resolve(name);
  }

  /** Waits until a script has written a line into a file, and returns it. */
  String awaitLine(String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.sleep(10);
    }
    return Files.readString(file).strip();
  }
}
