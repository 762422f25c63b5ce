package dev.modgate.chain;

import io.github.resilience4j.bulkhead.Bulkhead;

/** Keeps the number of requests to a mirror under its limit; who waits too long goes elsewhere. */
final class BulkheadMirror implements Mirror {

  private final Mirror next;
  private final Bulkhead bulkhead;

  BulkheadMirror(Mirror next, Bulkhead bulkhead) {
    this.next = next;
    this.bulkhead = bulkhead;
  }

  @Override
  public String name() {
    return next.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    if (!bulkhead.tryAcquirePermission()) {
      return new Reply.Failed(new Failure.Busy());
    }
    try {
      return next.get(request);
    } finally {
      bulkhead.onComplete();
    }
  }
}
