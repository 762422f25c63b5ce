package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.traffic.TrafficMirror;
import dev.modgate.traffic.TrafficSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The copy of what is served, if the operator wants one. */
final class TrafficCopy {

  private TrafficCopy() {}

  static Optional<TrafficMirror> of(Configuration configuration, InstantSource clock) {
    return configuration
        .traffic()
        .map(traffic -> new TrafficMirror(settings(traffic), clock, new SecureRandom()));
  }

  private static TrafficSettings settings(Configuration.Traffic traffic) {
    return new TrafficSettings(
        traffic.url(), traffic.userAndPassword(), traffic.queue(), traffic.timeout());
  }
}
