package dev.modgate.verify;

/** The two artifacts that the checksum database speaks about; each has a line of its own. */
public enum ArtifactKind {
  /** The go.mod file, {@code .mod}. */
  GO_MOD("mod"),
  /** The module's files, {@code .zip}. */
  ZIP("zip");

  private final String extension;

  ArtifactKind(String extension) {
    this.extension = extension;
  }

  /**
   * The file extension of the protocol, without the dot.
   *
   * @return {@code mod} or {@code zip}
   * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
   */
  public String extension() {
    return extension;
  }
}
