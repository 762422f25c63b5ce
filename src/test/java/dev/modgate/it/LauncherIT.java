package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the top folder, beside a copy of the jar and with no source to build. */
final class LauncherIT {

  private static final String MAIN = "dev.modgate.cli.Main source: ";
  private static final String FROM_THE_CACHE = MAIN + "shared objects file";

  /** The rehearsal finds no mirror: what it learns of starting is enough here. */
  private static final Map<String, String> NO_MIRROR =
      Map.of("MODGATE_GOPROXY", "gone", "MODGATE_MIRRORS_GONE_URL", "http://127.0.0.1:1");

  @TempDir Path home;

  /** The JVM itself would go on with the old classes and not say so. */
  @Test
  void aotCache_jarReplaced_isLeftAlone() throws Exception {
    Path jar = installed();
    assertFalse(classLoading().contains(FROM_THE_CACHE), "there is no cache yet");
    Ran rehearsed = run(NO_MIRROR, "--rehearse");
    assertEquals(0, rehearsed.exit(), rehearsed.output());
    assertTrue(classLoading().contains(FROM_THE_CACHE), "a fresh cache is used");

    touchContents(jar);
    String replaced = classLoading();
    assertFalse(replaced.contains(FROM_THE_CACHE), "the cache of another jar");
    assertTrue(replaced.contains(MAIN), replaced);

    assertEquals(0, run(NO_MIRROR, "--rehearse").exit());
    assertTrue(classLoading().contains(FROM_THE_CACHE), "made anew");
    try (Stream<Path> caches = Files.list(home.resolve("target/aot"))) {
      assertEquals(1, caches.count(), "the old one is gone");
    }
  }

  @Test
  void aotCache_damaged_doesNotStopIt() throws Exception {
    installed();
    assertEquals(0, run(NO_MIRROR, "--rehearse").exit());
    try (Stream<Path> caches = Files.list(home.resolve("target/aot"))) {
      Files.writeString(caches.findFirst().orElseThrow(), "not a cache");
    }
    Ran ran = run(Map.of(), "--version");
    assertEquals(0, ran.exit(), ran.output());
    assertTrue(ran.output().startsWith("modgate "), ran.output());
  }

  private Path installed() throws IOException {
    Path built = Path.of(System.getProperty("modgate.jar", "target/modgate.jar"));
    Path target = home.resolve("target");
    Files.createDirectories(target.resolve("lib"));
    Files.copy(Path.of("modgate"), home.resolve("modgate"));
    assertTrue(home.resolve("modgate").toFile().setExecutable(true));
    try (Stream<Path> libraries = Files.list(built.resolveSibling("lib"))) {
      libraries.forEach(library -> copy(library, target.resolve("lib")));
    }
    return Files.copy(built, target.resolve("modgate.jar"));
  }

  private static void copy(Path file, Path folder) {
    try {
      Files.copy(file, folder.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void touchContents(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
      Files.writeString(files.getPath("/new"), "new", StandardOpenOption.CREATE_NEW);
    }
  }

  private String classLoading() throws IOException, InterruptedException {
    Path log = home.resolve("classes.log");
    Files.deleteIfExists(log);
    Ran ran = run(Map.of("MODGATE_LAUNCHER_OPTS", "-Xlog:class+load:file=" + log), "--version");
    assertEquals(0, ran.exit(), ran.output());
    return Files.readString(log);
  }

  private record Ran(int exit, String output) {}

  private Ran run(Map<String, String> environment, String argument)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(home.resolve("modgate").toString(), argument))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    builder.environment().put("MODGATE_LAUNCHER_JAVA", java);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
