package dev.modgate.chain;

import java.util.Optional;

/** Keeps requests from a mirror that was taken out for lies, or that asked to be left alone. */
final class GatedMirror implements Mirror {

  private final Mirror next;
  private final MirrorState state;

  GatedMirror(Mirror next, MirrorState state) {
    this.next = next;
    this.state = state;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    Optional<Failure> barred = state.barred();
    return barred.isPresent() ? new Reply.Failed(barred.get()) : next.get(request);
  }
}
