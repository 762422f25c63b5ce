package dev.modgate.pipeline;

import dev.modgate.admission.Permit;
import dev.modgate.verify.Expectation;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.module.ModuleVersion;

/** What a permit's duty makes of a version: asked of the database at once, or exempt. */
final class Expectations {

  private Expectations() {}

  static Expectation of(Permit permit, ModuleVersion version, Verifier verifier) {
    return switch (permit.duty()) {
      case Permit.Duty.Logged() -> verifier.expectLogged(version);
      case Permit.Duty.Unlogged(String pattern) -> verifier.exempt(version, pattern);
    };
  }
}
