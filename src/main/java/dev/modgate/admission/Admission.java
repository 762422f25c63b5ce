package dev.modgate.admission;

import dev.modgate.protocol.Request;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModulePatterns;
import java.util.Optional;

/** Decides by the module path alone, so that every endpoint of a module gets the same answer. */
public final class Admission {

  /** Go's own tool chains: proven or refused, whatever the patterns say. */
  private static final String TOOLCHAIN = "golang.org/toolchain";

  private final ModulePatterns unlogged;
  private final ModulePatterns confidential;

  /**
   * @param unlogged {@code gonosumdb}: served without a proof of the log
   * @param confidential {@code goprivate}: besides, never named to a public mirror or to the log
   */
  public Admission(ModulePatterns unlogged, ModulePatterns confidential) {
    this.unlogged = unlogged;
    this.confidential = confidential;
  }

  /** A permit or a denial. */
  public sealed interface Decision {}

  /** The request may pass. */
  public record Admitted(Permit permit) implements Decision {}

  /**
   * The request may not pass.
   *
   * @param rule the configuration key that says so
   * @param reason one sentence
   */
  public record Denial(String rule, String reason) implements Decision {}

  public Decision admit(Request request) {
    return switch (request) {
      case Request.AboutModule about -> new Admitted(permit(request, about.module()));
      case Request.LogRecordOf lookup -> admitLookup(lookup);
      case Request.Supported _, Request.LatestHead _, Request.LogTile _ ->
          new Admitted(new Permit(request, new Permit.Duty.Logged(), Permit.Reach.EVERY_MIRROR));
    };
  }

  private Decision admitLookup(Request.LogRecordOf lookup) {
    Permit permit = permit(lookup, lookup.version().path());
    return switch (permit.reach()) {
      case EVERY_MIRROR -> new Admitted(permit);
      case PRIVATE_MIRRORS ->
          new Denial("goprivate", "this module is private: its name does not go to a public log");
    };
  }

  private Permit permit(Request request, ModulePath module) {
    if (module.text().equals(TOOLCHAIN)) {
      return new Permit(request, new Permit.Duty.Logged(), Permit.Reach.EVERY_MIRROR);
    }
    Optional<String> secret = confidential.firstMatch(module.text());
    Permit.Duty duty =
        secret
            .or(() -> unlogged.firstMatch(module.text()))
            .<Permit.Duty>map(Permit.Duty.Unlogged::new)
            .orElseGet(Permit.Duty.Logged::new);
    return new Permit(
        request,
        duty,
        secret.isPresent() ? Permit.Reach.PRIVATE_MIRRORS : Permit.Reach.EVERY_MIRROR);
  }
}
