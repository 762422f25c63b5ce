package dev.modgate.verify.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.modgate.fake.CraftedZip;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Zips in a module cache of the go command: none is refused, and each hash is the one that go wrote
 * beside it.
 */
final class RealZipsIT {
  private static final Pattern ESCAPED = Pattern.compile("!([a-z])");

  @TempDir private Path folder;

  @Test
  void moduleCacheOfThisMachine_isSound() throws Exception {
    Path cache = Path.of(go(Map.of(), "env", "GOMODCACHE").strip());
    assertEquals(List.of(), faults(cache), "all of " + zips(cache).size());
  }

  /** The go command downloads from a folder what {@link CraftedZip} wrote. */
  @Test
  void moduleCacheOfOurOwn_isSound() throws Exception {
    Path cache = download(ModuleVersion.parse("example.com/Mixed/m@v1.2.3-RC1").orThrow());
    assertEquals(1, zips(cache).size());
    assertEquals(List.of(), faults(cache));
  }

  /** The control. */
  @Test
  void falseHashBesideAZip_isNoticed() throws Exception {
    Path cache = download(ModuleVersion.parse("example.com/m@v1.2.3").orThrow());
    Path hash = hashOf(zips(cache).getFirst());
    assertNotEquals("", Files.readString(hash));
    Files.delete(hash);
    Files.writeString(hash, "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assertEquals(1, faults(cache).size());
  }

  private Path download(ModuleVersion version) throws Exception {
    Path proxy = Files.createDirectory(folder.resolve("proxy"));
    Path cache = folder.resolve("cache");
    Path files = proxy.resolve(version.path().escaped()).resolve("@v");
    Files.createDirectories(files);
    String name = version.escapedVersion();
    byte[] goMod = ("module " + version.path() + "\n").getBytes(UTF_8);
    Files.writeString(files.resolve(name + ".info"), "{\"Version\":\"" + version.version() + "\"}");
    Files.write(files.resolve(name + ".mod"), goMod);
    Map<String, byte[]> content = Map.of("go.mod", goMod, "a/B.go", "package a\n".getBytes(UTF_8));
    Files.write(files.resolve(name + ".zip"), CraftedZip.honest(version, content));
    Map<String, String> environment =
        Map.of(
            "GOMODCACHE",
            cache.toString(),
            "GOPROXY",
            proxy.toUri().toString(),
            "GOSUMDB",
            "off",
            "GOFLAGS",
            "-modcacherw");
    go(environment, "mod", "download", version.toString());
    return cache;
  }

  private static List<String> faults(Path cache) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path zip : zips(cache)) {
      String expected = Files.readString(hashOf(zip)).strip();
      switch (GrowingZip.examine(zip, version(cache, zip))) {
        case ZipVerdict.Sound(var h1, int count, long bytes) -> {
          if (!h1.toString().equals(expected)) {
            faults.add(zip + ": " + h1 + " but to go " + expected);
          }
        }
        case ZipVerdict.Unsound(String rule, String reason) ->
            faults.add(zip + ": " + rule + ": " + reason);
      }
    }
    return faults;
  }

  private static List<Path> zips(Path cache) throws IOException {
    Path download = cache.resolve("cache").resolve("download");
    if (!Files.isDirectory(download)) {
      return List.of();
    }
    try (var files = Files.walk(download)) {
      return files
          .filter(file -> file.toString().endsWith(".zip") && Files.exists(hashOf(file)))
          .sorted()
          .toList();
    }
  }

  private static Path hashOf(Path zip) {
    return zip.resolveSibling(zip.getFileName() + "hash");
  }

  /** From {@code cache/download/escaped path/@v/escaped version.zip}. */
  private static ModuleVersion version(Path cache, Path zip) {
    Path relative = cache.resolve("cache").resolve("download").relativize(zip);
    int names = relative.getNameCount();
    String path = relative.subpath(0, names - 2).toString();
    String name = relative.getName(names - 1).toString();
    String escaped = name.substring(0, name.length() - ".zip".length());
    String version = ESCAPED.matcher(escaped).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    return ModulePath.unescape(path).then(p -> ModuleVersion.of(p, version)).orThrow();
  }

  private String go(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("go"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(Map.of("GOTOOLCHAIN", "local", "GOWORK", "off"));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectErrorStream(true);
    int status = builder.start().waitFor();
    String text = Files.readString(out);
    assertEquals(0, status, command + ": " + text);
    return text;
  }
}
