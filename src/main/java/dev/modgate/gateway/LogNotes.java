package dev.modgate.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to one checksum database since this process began. */
final class LogNotes {

  private final InstantSource clock;
  private final AtomicLong storeFailures = new AtomicLong();
  private volatile Instant advanced;

  LogNotes(InstantSource clock) {
    this.clock = clock;
    this.advanced = clock.instant();
  }

  void storeFailed() {
    storeFailures.incrementAndGet();
  }

  /** How often it could not be read from the disk or written to it. */
  long storeFailures() {
    return storeFailures.get();
  }

  void headAdvanced() {
    advanced = clock.instant();
  }

  /** Since a newer tree head was taken. */
  Duration age() {
    return Duration.between(advanced, clock.instant());
  }
}
