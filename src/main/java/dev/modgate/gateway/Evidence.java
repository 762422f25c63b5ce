package dev.modgate.gateway;

import dev.modgate.chain.Convictions;
import dev.modgate.protocol.Request;
import dev.modgate.store.Quarantine;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.util.Optional;

/** Reminds the chain of the lies that earlier processes have kept the evidence of. */
final class Evidence {

  private static final String ZIP = ".zip";
  private static final String GO_MOD = ".mod";

  private Evidence() {}

  static void recall(Quarantine quarantine, Convictions convictions) throws IOException {
    for (Quarantine.Piece piece : quarantine.pieces()) {
      path(piece.claimed())
          .ifPresent(
              path -> convictions.remember(piece.from(), path, piece.reason(), piece.time()));
    }
  }

  /** The request that was answered so; empty if the words are none of ours. */
  private static Optional<String> path(String claimed) {
    if (claimed.endsWith(ZIP)) {
      return version(claimed, ZIP).map(version -> new Request.Zip(version).path());
    }
    return claimed.endsWith(GO_MOD)
        ? version(claimed, GO_MOD).map(version -> new Request.GoMod(version).path())
        : Optional.empty();
  }

  private static Optional<ModuleVersion> version(String claimed, String end) {
    String text = claimed.substring(0, claimed.length() - end.length());
    return switch (ModuleVersion.parse(text)) {
      case Parsed.Valid<ModuleVersion>(ModuleVersion version) -> Optional.of(version);
      case Parsed.Invalid<ModuleVersion> _ -> Optional.empty();
    };
  }
}
