package dev.modgate.verify.module;

import dev.modgate.verify.Parsed;

/** A module at a canonical version that fits its path: what can be in the checksum database. */
public final class ModuleVersion {

  private static final String UNSTABLE = "-unstable";

  private final ModulePath path;
  private final String version;
  private final String escapedVersion;

  private ModuleVersion(ModulePath path, String version, String escapedVersion) {
    this.path = path;
    this.version = version;
    this.escapedVersion = escapedVersion;
  }

  /**
   * Pairs a path with a version (x/mod module.Check, and module.CanonicalVersion).
   *
   * @param path of the module
   * @param version any text
   * @return the two, or why the version is not canonical or does not fit the path
   * @see <a href="https://go.dev/ref/mod#versions">go.dev/ref/mod#versions</a>
   */
  public static Parsed<ModuleVersion> of(ModulePath path, String version) {
    if (version.isEmpty() || !Semver.canonicalVersion(version).equals(version)) {
      return Parsed.invalid("the version is not a canonical semantic version");
    }
    if (!fits(path.major(), version)) {
      return Parsed.invalid("the major version does not fit the module path");
    }
    return VersionText.escape(version)
        .then(escaped -> Parsed.valid(new ModuleVersion(path, version, escaped)));
  }

  /**
   * Reads {@code path@version}.
   *
   * @param pathAtVersion any text; neither part is escaped
   * @return the two, or which rule they break
   */
  public static Parsed<ModuleVersion> parse(String pathAtVersion) {
    int at = pathAtVersion.indexOf('@');
    return at < 0
        ? Parsed.invalid("not of the form module@version")
        : ModulePath.parse(pathAtVersion.substring(0, at))
            .then(path -> of(path, pathAtVersion.substring(at + 1)));
  }

  /** x/mod module.CheckPathMajor. */
  private static boolean fits(String pathMajor, String version) {
    String asked =
        pathMajor.startsWith(".v") && pathMajor.endsWith(UNSTABLE)
            ? pathMajor.substring(0, pathMajor.length() - UNSTABLE.length())
            : pathMajor;
    if (version.startsWith("v0.0.0-") && asked.equals(".v1")) {
      return true;
    }
    String major = Semver.major(version);
    return asked.isEmpty()
        ? major.equals("v0") || major.equals("v1") || Semver.build(version).equals("+incompatible")
        : major.equals(asked.substring(1));
  }

  /** {@return the module's path} */
  public ModulePath path() {
    return path;
  }

  /** {@return the version, canonical; it may end in {@code +incompatible}} */
  public String version() {
    return version;
  }

  /** {@return the version as in URLs and file names (x/mod module.EscapeVersion)} */
  public String escapedVersion() {
    return escapedVersion;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModuleVersion that
        && that.path.equals(path)
        && that.version.equals(version);
  }

  @Override
  public int hashCode() {
    return path.hashCode() * 31 + version.hashCode();
  }

  /** {@code path@version}. */
  @Override
  public String toString() {
    return path + "@" + version;
  }
}
