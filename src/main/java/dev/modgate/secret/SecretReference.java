package dev.modgate.secret;

import java.nio.file.Path;

/** Where a secret is. */
public sealed interface SecretReference {

  /** Here already: it stood in the environment. It stays as it is for the life of the process. */
  record Held(Secret secret) implements SecretReference {}

  /** In a file of one line, which may be replaced at any time. */
  record InFile(Path file) implements SecretReference {}
}
