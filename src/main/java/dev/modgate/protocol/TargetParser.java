package dev.modgate.protocol;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.module.Semver;
import dev.modgate.verify.module.VersionText;
import dev.modgate.verify.tlog.Tile;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the raw request target: percent-escapes once, the split, the {@code !} escapes, the rules
 * of x/mod, in this order and each of them one time.
 */
public final class TargetParser {

  /** Characters of a raw target. */
  public static final int MAX_TARGET = 8 * 1024;

  /** Bytes of one escaped path element: it becomes a file name (255) with an extension. */
  static final int MAX_ELEMENT = 200;

  private static final String SUMDB = "/sumdb/";
  private static final String VERSIONS = "/@v/";

  private final List<String> databases;

  /**
   * @param databases the names of the checksum databases that are relayed
   */
  public TargetParser(List<String> databases) {
    this.databases = List.copyOf(databases);
  }

  /**
   * Reads a request target.
   *
   * @param rawTarget as it stood in the request line, without the query
   */
  public Target parse(String rawTarget) {
    if (rawTarget.length() > MAX_TARGET || !rawTarget.startsWith("/")) {
      return new Target.Malformed("the path must start with a slash and stay under 8 KiB");
    }
    return switch (PercentDecoder.decode(rawTarget)) {
      case Parsed.Invalid<String>(String reason) -> new Target.Malformed(reason);
      case Parsed.Valid<String>(String path) -> route(path);
    };
  }

  private Target route(String path) {
    for (String element : path.split("/", -1)) {
      if (element.length() > MAX_ELEMENT) {
        return new Target.Malformed("a path element is longer than " + MAX_ELEMENT + " bytes");
      }
    }
    if (path.startsWith(SUMDB)) {
      return database(path.substring(SUMDB.length()));
    }
    int at = path.indexOf(VERSIONS);
    if (at >= 0) {
      return versions(path.substring(1, Math.max(1, at)), path.substring(at + VERSIONS.length()));
    }
    if (path.endsWith("/@latest")) {
      String module = path.substring(1, Math.max(1, path.length() - "/@latest".length()));
      return known(ModulePath.unescape(module), Request.Latest::new);
    }
    return new Target.NotServed();
  }

  private static Target versions(String module, String file) {
    if (file.equals("list")) {
      return known(ModulePath.unescape(module), Request.VersionList::new);
    }
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot);
    String version = dot < 0 ? "" : file.substring(0, dot);
    return switch (extension) {
      case ".info" -> info(module, version);
      case ".mod" -> known(canonical(module, version), Request.GoMod::new);
      case ".zip" -> known(canonical(module, version), Request.Zip::new);
      default -> new Target.NotServed();
    };
  }

  /**
   * A canonical version is an artifact, a pair that can't be one is refused, the rest is a query.
   */
  private static Target info(String module, String escaped) {
    Parsed<Request> request =
        ModulePath.unescape(module)
            .then(path ->
                VersionText.unescape(escaped).then(version -> infoOf(path, version, escaped)));
    return known(request, Function.identity());
  }

  private static Parsed<Request> infoOf(ModulePath path, String version, String escaped) {
    if (version.startsWith("-")) {
      return Parsed.invalid("a version query must not start with a dash");
    }
    if (Semver.canonicalVersion(version).equals(version)) {
      return ModuleVersion.of(path, version).then(valid -> Parsed.valid(new Request.Info(valid)));
    }
    return Parsed.valid(new Request.Query(path, version, escaped));
  }

  private static Parsed<ModuleVersion> canonical(String module, String escapedVersion) {
    return ModulePath.unescape(module)
        .then(path ->
            VersionText.unescape(escapedVersion).then(version -> ModuleVersion.of(path, version)));
  }

  private Target database(String rest) {
    for (String name : databases) {
      if (rest.startsWith(name + "/")) {
        return databaseFile(name, rest.substring(name.length() + 1));
      }
    }
    return new Target.UnknownDatabase();
  }

  private static Target databaseFile(String name, String file) {
    if (file.equals("supported")) {
      return new Target.Known(new Request.Supported(name));
    }
    if (file.equals("latest")) {
      return new Target.Known(new Request.LatestHead(name));
    }
    if (file.startsWith("tile/")) {
      return known(Tile.parse(file), tile -> new Request.LogTile(name, tile));
    }
    if (file.startsWith("lookup/")) {
      String asked = file.substring("lookup/".length());
      int at = asked.indexOf('@');
      return at < 0
          ? new Target.Malformed("a lookup has the form module@version")
          : known(
              canonical(asked.substring(0, at), asked.substring(at + 1)),
              version -> new Request.LogRecordOf(name, version));
    }
    return new Target.NotServed();
  }

  private static <T> Target known(Parsed<T> parsed, Function<T, Request> request) {
    return switch (parsed) {
      case Parsed.Valid<T>(T value) -> new Target.Known(request.apply(value));
      case Parsed.Invalid<T>(String reason) -> new Target.Malformed(reason);
    };
  }
}
