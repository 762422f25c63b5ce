package dev.modgate.chain.credential;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code Set-Cookie} header (RFC 6265 §4.1). It prints as its name.
 *
 * @param life of Max-Age or else Expires; absent if it has neither
 */
record SetCookie(String name, String value, Optional<Duration> life) {

  static Optional<SetCookie> parse(String header, Instant now) {
    String[] parts = header.split(";", -1);
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return Optional.empty();
    }
    String value = parts[0].substring(equals + 1).strip();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    Optional<Duration> maxAge = Optional.empty();
    Optional<Duration> expires = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      String attribute = pair[0].strip().toLowerCase(Locale.ROOT);
      if (attribute.equals("max-age") && pair.length > 1) {
        maxAge = maxAge(pair[1].strip());
      } else if (attribute.equals("expires") && pair.length > 1) {
        expires = until(pair[1].strip(), now);
      }
    }
    return Optional.of(
        new SetCookie(
            parts[0].substring(0, equals).strip(),
            quoted ? value.substring(1, value.length() - 1) : value,
            maxAge.isPresent() ? maxAge : expires));
  }

  private static Optional<Duration> maxAge(String text) {
    return text.startsWith("-") ? Optional.of(Duration.ZERO) : TokenLife.seconds(text);
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant end =
          ZonedDateTime.parse(date.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      return Optional.of(Duration.between(now, end));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SetCookie[" + name + "]";
  }
}
