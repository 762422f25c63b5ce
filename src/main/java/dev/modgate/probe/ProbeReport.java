package dev.modgate.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who a mirror is, and what it can do.
 *
 * @param url without credentials
 * @param module that was asked for, {@code path@version}
 * @param refused why there was no conversation at all, if there was none
 * @param certificates as the mirror sent them, also if they were refused
 * @param connection the first one, if there was one
 * @param headers what the answers have in common
 * @param makers of the software and networks that the headers give away
 * @param checks in the order in which they were made
 */
public record ProbeReport(
    String url,
    String module,
    Optional<String> refused,
    List<CertificateFacts> certificates,
    Optional<Connection> connection,
    List<Header> headers,
    List<String> makers,
    List<Check> checks,
    Suggestion suggestion) {

  public ProbeReport {
    certificates = List.copyOf(certificates);
    headers = List.copyOf(headers);
    makers = List.copyOf(makers);
    checks = List.copyOf(checks);
  }

  /** True if there was a conversation and no rule was broken. */
  public boolean conforms() {
    return refused.isEmpty()
        && checks.stream().noneMatch(check -> check.outcome() == Check.Outcome.BROKEN);
  }

  /**
   * How it was reached.
   *
   * @param http such as {@code h2}
   * @param tls such as {@code TLSv1.3}; empty without TLS
   */
  public record Connection(
      String address,
      String http,
      String tls,
      String cipher,
      Duration connect,
      Duration handshake) {}

  /**
   * A header of the answers.
   *
   * @param value the same in all answers; empty if it varies, or is not to be shown
   */
  public record Header(String name, Optional<String> value) {}

  /**
   * One rule.
   *
   * @param detail one line
   * @param took from the request to the last byte
   */
  public record Check(String name, Outcome outcome, String detail, Duration took) {
    /** What it came to. */
    public enum Outcome {
      /** The rule is kept. */
      KEPT,
      /** An optional part that it does not offer, or nothing could be said. */
      NOTE,
      /** The rule is broken. */
      BROKEN
    }
  }

  /**
   * What could be pinned of it; globs are escaped.
   *
   * @param pins of the authorities above it: they outlive its own key
   */
  public record Suggestion(
      List<String> pins, List<String> names, Map<String, String> headers, String issuer) {
    public Suggestion {
      pins = List.copyOf(pins);
      names = List.copyOf(names);
      headers = Map.copyOf(headers);
    }
  }
}
