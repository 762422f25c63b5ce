package dev.modgate.store;

import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Candidate;
import dev.modgate.verify.VerifiedArtifact;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The proven artifacts: in, out, and out of sight when their bytes turn out wrong. */
public final class ArtifactStore {

  /** Judged artifacts that are remembered, so that a hit needs no second hash. */
  private static final int REMEMBERED = 65_536;

  private static final long MAX_GO_MOD = 16L << 20;

  private final DataDirectory data;
  private final Memory<Key, StoredArtifact> judged = Memory.ofEntries(REMEMBERED);

  public ArtifactStore(DataDirectory data) {
    this.data = data;
  }

  private record Key(ModuleVersion version, ArtifactKind kind) {}

  /** An artifact that this process has judged and whose file has not changed since. */
  public Optional<StoredArtifact> judged(ModuleVersion version, ArtifactKind kind) {
    return judged.get(new Key(version, kind)).filter(StoredArtifact::isUnchanged);
  }

  /**
   * An artifact on disk that this process has not judged yet: it has to be, before it is served.
   */
  public Optional<Candidate> unjudged(ModuleVersion version, ArtifactKind kind) throws IOException {
    Path file = file(version, kind);
    return switch (kind) {
      case GO_MOD ->
          DurableFile.read(file, MAX_GO_MOD).map(bytes -> new Candidate.GoModBytes(version, bytes));
      case ZIP ->
          DurableFile.isPlain(file)
              ? Optional.of(new Candidate.ZipFile(version, file))
              : Optional.empty();
    };
  }

  /** Makes a verified artifact that a mirror delivered visible, durably. */
  public StoredArtifact commit(VerifiedArtifact verified) throws IOException {
    Path target = file(verified.candidate().version(), verified.candidate().kind());
    switch (verified.candidate()) {
      case Candidate.GoModBytes goMod ->
          DurableFile.write(target, goMod.bytes(), data.newTemporary());
      case Candidate.ZipFile zip -> DurableFile.moveIn(zip.file(), target);
    }
    return adopt(verified);
  }

  /** Remembers that an artifact was judged which lies in the store already. */
  public StoredArtifact adopt(VerifiedArtifact verified) throws IOException {
    Candidate candidate = verified.candidate();
    Path file = file(candidate.version(), candidate.kind());
    StoredArtifact stored =
        new StoredArtifact(
            candidate.version(),
            candidate.kind(),
            file,
            StoredArtifact.Print.of(file),
            verified.h1(),
            verified.provenance());
    judged.put(new Key(candidate.version(), candidate.kind()), stored);
    return stored;
  }

  /** Takes an artifact out whose bytes are not what they were; the quarantine keeps them. */
  public void evict(Candidate candidate, String reason, Quarantine quarantine) throws IOException {
    Path file = file(candidate.version(), candidate.kind());
    judged.remove(new Key(candidate.version(), candidate.kind()));
    quarantine.keepFile(
        "store", candidate.version() + "." + candidate.kind().extension(), reason, file);
    Files.deleteIfExists(file);
  }

  private Path file(ModuleVersion version, ArtifactKind kind) {
    return data.downloads()
        .resolve(version.path().escaped())
        .resolve("@v")
        .resolve(version.escapedVersion() + "." + kind.extension());
  }
}
