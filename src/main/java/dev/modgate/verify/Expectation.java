package dev.modgate.verify;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import java.util.concurrent.Future;

/**
 * What a module version's artifacts have to be, perhaps still on its way from the database. Only
 * {@link Verifier} makes one, so that nobody can make up what is expected.
 */
public final class Expectation {

  private final ModuleVersion version;
  private final Source source;

  Expectation(ModuleVersion version, Source source) {
    this.version = version;
    this.source = source;
  }

  ModuleVersion version() {
    return version;
  }

  Source source() {
    return source;
  }

  /** Where the expectation comes from. */
  sealed interface Source {
    record Log(Future<Lookup> lookup) implements Source {}

    record Operator(String pattern) implements Source {}
  }
}
