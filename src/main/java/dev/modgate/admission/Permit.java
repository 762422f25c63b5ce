package dev.modgate.admission;

import dev.modgate.protocol.Request;

/** The ticket of an admitted request: what may be asked of whom, and what proof it owes. */
public final class Permit {

  private final Request request;
  private final Duty duty;
  private final Reach reach;

  Permit(Request request, Duty duty, Reach reach) {
    this.request = request;
    this.duty = duty;
    this.reach = reach;
  }

  public Request request() {
    return request;
  }

  public Duty duty() {
    return duty;
  }

  public Reach reach() {
    return reach;
  }

  /** What has to be true of a module's bytes before they leave. */
  public sealed interface Duty {
    /** They are in the checksum database. */
    record Logged() implements Duty {}

    /**
     * The operator exempted them, and the audit log says so.
     *
     * @param pattern the pattern that matched, of {@code gonosumdb} or {@code goprivate}
     */
    record Unlogged(String pattern) implements Duty {}
  }

  /** Who may hear the module's name. */
  public enum Reach {
    /** Every mirror, and the checksum database. */
    EVERY_MIRROR,
    /** Only the mirrors that are marked as private. */
    PRIVATE_MIRRORS
  }
}
