package dev.modgate.config;

import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * @param tls what it has to show of itself; as by default, if the URL is http
 * @param identity what its answers have to show
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
    Optional<CertificateFiles> certificate,
    Tls tls,
    Identity identity) {

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

  /**
   * What a handshake has to show beyond what every server has to.
   *
   * @param authorities that are trusted, and no others; empty: those of the JDK
   * @param pins {@code sha256/…}; the chain has to hold one of these keys, if there are any
   * @param names that the certificate has to hold
   */
  public record Tls(
      List<X509Certificate> authorities,
      List<String> pins,
      List<String> names,
      Revocation revocation) {

    /** Whether OCSP is asked, and must answer. */
    public enum Revocation {
      OFF,
      OCSP,
      OCSP_REQUIRED
    }

    public Tls {
      authorities = List.copyOf(authorities);
      pins = List.copyOf(pins);
      names = List.copyOf(names);
    }
  }

  /**
   * The face of a mirror. In a glob {@code *} stands for any text, and a backslash takes what
   * follows as it is.
   *
   * @param headers globs by the lower-case name of a header
   * @param issuer a glob of the issuer's distinguished name; empty: anyone
   */
  public record Identity(Map<String, String> headers, String issuer) {
    public Identity {
      headers = Map.copyOf(headers);
    }
  }
}
