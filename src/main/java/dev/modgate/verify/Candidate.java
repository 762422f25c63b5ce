package dev.modgate.verify;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ReadAhead;
import java.nio.file.Path;

/** Bytes that claim to be an artifact of a module version; nothing is known of them. */
public sealed interface Candidate {

  /** {@return the version that the bytes claim to be of} */
  ModuleVersion version();

  /** {@return the artifact that the bytes claim to be} */
  ArtifactKind kind();

  /** A go.mod file in memory. */
  final class GoModBytes implements Candidate {
    private final ModuleVersion version;
    private final byte[] bytes;

    /**
     * Takes the array over.
     *
     * @param version that the bytes claim to be of
     * @param bytes at most 16 MiB (x/mod/zip, MaxGoMod); nobody writes to the array afterwards
     */
    public GoModBytes(ModuleVersion version, byte[] bytes) {
      this.version = version;
      this.bytes = bytes;
    }

    @Override
    public ModuleVersion version() {
      return version;
    }

    @Override
    public ArtifactKind kind() {
      return ArtifactKind.GO_MOD;
    }

    /** {@return the array itself, not a copy} */
    public byte[] bytes() {
      return bytes;
    }
  }

  /**
   * A zip file on disk.
   *
   * @param version that the file claims to be of
   * @param file a regular file that nobody writes to while it is judged
   * @param ahead what was read of it while it came in; the verdict does not depend on it
   */
  record ZipFile(ModuleVersion version, Path file, ReadAhead ahead) implements Candidate {

    /**
     * A file that has been there.
     *
     * @param version that the file claims to be of
     * @param file a regular file that nobody writes to while it is judged
     */
    public ZipFile(ModuleVersion version, Path file) {
      this(version, file, ReadAhead.none());
    }

    @Override
    public ArtifactKind kind() {
      return ArtifactKind.ZIP;
    }
  }
}
