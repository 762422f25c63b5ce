package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** A module that builds: its go.mod, its zip with one package, and its true hashes. */
public final class FakeModule {

  private final ModuleVersion version;
  private final Map<String, byte[]> files;
  private final byte[] zip;

  public FakeModule(String pathAtVersion) {
    this(pathAtVersion, "package fake\n");
  }

  /**
   * @param source of its one package
   */
  public FakeModule(String pathAtVersion, String source) {
    this(
        pathAtVersion,
        Map.of(
            "go.mod", ("module " + pathOf(pathAtVersion) + "\n\ngo 1.20\n").getBytes(UTF_8),
            "fake.go", source.getBytes(UTF_8)));
  }

  /**
   * @param files by their names in the module; one of them is go.mod
   */
  public FakeModule(String pathAtVersion, Map<String, byte[]> files) {
    this.version = ModuleVersion.parse(pathAtVersion).orThrow();
    this.files = Map.copyOf(files);
    this.zip = CraftedZip.honest(version, files);
  }

  private static String pathOf(String pathAtVersion) {
    return pathAtVersion.substring(0, pathAtVersion.indexOf('@'));
  }

  public ModuleVersion version() {
    return version;
  }

  /** {@code /path/@v/version}, without extension. */
  public String base() {
    return "/" + version.path().escaped() + "/@v/" + version.escapedVersion();
  }

  public byte[] info() {
    String time = "2026-01-01T00:00:00Z";
    return ("{\"Version\":\"" + version.version() + "\",\"Time\":\"" + time + "\"}")
        .getBytes(UTF_8);
  }

  public byte[] goMod() {
    return files.getOrDefault("go.mod", new byte[0]).clone();
  }

  public byte[] zip() {
    return zip.clone();
  }

  public H1 goModH1() {
    return H1.ofGoMod(goMod());
  }

  public H1 zipH1() {
    H1.Builder h1 = new H1.Builder();
    files.forEach((name, content) -> h1.add((version + "/" + name).getBytes(UTF_8), sha(content)));
    return h1.build();
  }

  /** Puts its two lines into a log. */
  public FakeModule in(FakeLog log) {
    log.add(version.path().text(), version.version(), zipH1().toString(), goModH1().toString());
    return this;
  }

  private static byte[] sha(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
