package dev.modgate.chain;

import java.time.Duration;
import java.util.Optional;
import okhttp3.Response;

/** The {@code Retry-After} header in its form of seconds (RFC 9110 §10.2.3). */
final class RetryAfter {

  /** Seconds: nobody is believed who asks for more. */
  private static final long MOST = 3600;

  private RetryAfter() {}

  static Optional<Duration> of(Response response) {
    String value = response.header("Retry-After", "");
    if (value == null || !value.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.min(MOST, Long.parseLong(value))));
  }
}
