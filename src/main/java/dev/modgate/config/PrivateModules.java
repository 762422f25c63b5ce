package dev.modgate.config;

/** What spans and metrics say of a module that {@code goprivate} names. */
public enum PrivateModules {
  /** Its path. */
  SHOW,
  /** A keyed hash of its path. */
  HASH,
  /** Nothing. */
  OMIT
}
