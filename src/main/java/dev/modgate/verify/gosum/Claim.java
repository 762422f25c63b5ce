package dev.modgate.verify.gosum;

import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import java.util.Optional;

/**
 * Somebody says what an artifact has to be.
 *
 * @param place where it is said, such as {@code go.sum:12}; printable
 * @param module of the artifact
 * @param kind which of the module's two artifacts
 * @param hash as claimed; empty asks for whatever the database has
 */
public record Claim(String place, ModuleVersion module, ArtifactKind kind, Optional<H1> hash) {

  /** {@return module and version as in a go.sum, such as {@code example.com/m v1.0.0/go.mod}} */
  public String subject() {
    String suffix =
        switch (kind) {
          case GO_MOD -> "/go.mod";
          case ZIP -> "";
        };
    return module.path().text() + " " + module.version() + suffix;
  }
}
