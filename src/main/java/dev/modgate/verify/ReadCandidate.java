package dev.modgate.verify;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.io.IOException;

/** A candidate that {@link Verifier#read} has read whole, with what came of it. */
public final class ReadCandidate {

  private final Candidate candidate;
  private final Hashing hashing;

  ReadCandidate(Candidate candidate, Hashing hashing) {
    this.candidate = candidate;
    this.hashing = hashing;
  }

  Candidate candidate() {
    return candidate;
  }

  Hashing hashing() {
    return hashing;
  }

  /** A hash, or the reason why the bytes have none. */
  sealed interface Hashing {}

  record Hashed(H1 h1) implements Hashing {}

  record Unsound(String reason) implements Hashing {}

  static Hashing hash(Candidate candidate) throws IOException {
    return switch (candidate) {
      case Candidate.GoModBytes goMod -> new Hashed(H1.ofGoMod(goMod.bytes()));
      case Candidate.ZipFile(ModuleVersion version, var file, var ahead) ->
          switch (ModuleZip.examine(file, version, ahead)) {
            case ZipVerdict.Sound sound -> new Hashed(sound.h1());
            case ZipVerdict.Unsound unsound ->
                new Unsound(unsound.rule() + ": " + unsound.reason());
          };
    };
  }
}
