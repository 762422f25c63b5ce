package dev.modgate.config;

import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One upstream GOPROXY.
 *
 * @param name of the configuration, or the host of a URL that stands in {@code goproxy} itself
 * @param url http or https, without user, query, fragment or trailing slash
 * @param credentials shown to the origin of the URL and to nobody else
 * @param concurrency requests under way at one time, 1 to 4096
 * @param traceContext whether it is sent {@code traceparent}
 * @param isPrivate whether it is asked for modules that match {@code goprivate}
 * @param certificate of this client, for TLS; only with https
 */
public record MirrorSettings(
    String name,
    URI url,
    Credentials credentials,
    Timeouts timeouts,
    Breaker breaker,
    Health health,
    Retry retry,
    Lies lies,
    int concurrency,
    boolean traceContext,
    boolean isPrivate,
    Optional<CertificateFiles> certificate) {

  /**
   * Bounds of one request.
   *
   * @param connect TCP and TLS
   * @param firstByte from the request to the first byte of the answer
   * @param idle between two reads
   * @param total of the whole exchange
   */
  public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}

  /**
   * When a mirror is left alone.
   *
   * @param window calls that are judged together
   * @param failureRate in percent of the window, from which on it opens
   * @param slowCall from which on a call counts as failed
   * @param open how long it stays open
   * @param halfOpenCalls that are tried after that
   */
  public record Breaker(
      int window, int failureRate, Duration slowCall, Duration open, int halfOpenCalls) {}

  /**
   * When a mirror is asked last.
   *
   * @param path of the probe, below the URL; empty for none
   * @param interval between two probes
   * @param failures in a row that make it unwell
   * @param successes of probes in a row that make it well
   */
  public record Health(String path, Duration interval, int failures, int successes) {}

  /**
   * How often a request is made again.
   *
   * @param attempts of one request, the first included
   * @param budget in percent of all requests
   */
  public record Retry(int attempts, int budget) {}

  /**
   * When a mirror that lies is taken out.
   *
   * @param most different untrue artifacts
   * @param window within which they were delivered
   * @param out how long it is not asked
   */
  public record Lies(int most, Duration window, Duration out) {}
}
