package dev.modgate.bench;

import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the go command has downloaded, and what it has read of the checksum database meanwhile.
 *
 * @param gopath the folder that was its GOPATH
 */
public record Recording(Path gopath) {

  /** Where {@link Rounds} tells a fork the folder. */
  static final String PROPERTY = "modgate.bench.gopath";

  private static final Pattern ESCAPED = Pattern.compile("!([a-z])");

  /**
   * A module zip.
   *
   * @param h1 what the go command computed
   */
  public record Zip(Path file, ModuleVersion version, String h1, long bytes) {}

  public static Recording ofThisRun() {
    return new Recording(Path.of(System.getProperty(PROPERTY)));
  }

  private Path downloads() {
    return gopath.resolve("pkg/mod/cache/download");
  }

  /** The database's own cache: {@code lookup/} and {@code tile/}. */
  Path database() {
    return downloads().resolve("sumdb/sum.golang.org");
  }

  /** The signed note of the newest tree head. */
  byte[] latest() throws IOException {
    return Files.readAllBytes(gopath.resolve("pkg/sumdb/sum.golang.org/latest"));
  }

  /** All module zips, sorted by their paths. */
  public List<Zip> zips() throws IOException {
    List<Zip> zips = new ArrayList<>();
    for (Path file : files(downloads())) {
      boolean zip = file.toString().endsWith(".zip");
      if (zip && !file.startsWith(downloads().resolve("sumdb"))) {
        String h1 = Files.readString(file.resolveSibling(file.getFileName() + "hash")).strip();
        zips.add(new Zip(file, version(file), h1, Files.size(file)));
      }
    }
    if (zips.isEmpty()) {
      throw new IOException("no zips below " + downloads());
    }
    return zips;
  }

  /** The largest zips, the largest first. */
  public List<Zip> largest(int count) throws IOException {
    return zips().stream()
        .sorted(Comparator.comparingLong(Zip::bytes).reversed())
        .limit(count)
        .toList();
  }

  /** Every file below a folder, sorted. */
  static List<Path> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** From {@code download/escaped path/@v/escaped version.zip}. */
  private ModuleVersion version(Path zip) {
    Path relative = downloads().relativize(zip);
    int names = relative.getNameCount();
    String name = relative.getName(names - 1).toString();
    return version(
        relative.subpath(0, names - 2).toString(),
        name.substring(0, name.length() - ".zip".length()));
  }

  /** From a path and a version as they are escaped in URLs. */
  static ModuleVersion version(String escapedPath, String escapedVersion) {
    String version =
        ESCAPED.matcher(escapedVersion).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    return ModulePath.unescape(escapedPath).then(path -> ModuleVersion.of(path, version)).orThrow();
  }
}
