package dev.modgate.chain;

import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One mirror, as the operator describes it.
 *
 * @param name unique among the mirrors
 * @param url http or https, no userinfo, no query, no slash at the end
 * @param credentials shown to the URL's own origin and to nobody else
 * @param health when it is asked last
 * @param retry how often it is asked again
 * @param lies when it is not asked any more
 * @param concurrency requests at once, 1 to 4,096
 * @param traceContext whether it may see our trace ids
 * @param confidential whether it may hear the names of private modules
 * @param certificate shown in TLS to the URL's own origin and to nobody else
 * @param tls what it has to show of itself, if its URL is https
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
    boolean confidential,
    Optional<CertificateFiles> certificate,
    TlsSettings tls,
    IdentitySettings identity) {

  /**
   * Deadlines of one request.
   *
   * @param connect to have a TCP connection
   * @param firstByte from the start to the whole head of the answer
   * @param idle between two reads of the body
   * @param total from the start to the last byte, redirects included
   */
  public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}

  /**
   * When to leave a mirror alone.
   *
   * @param window the number of last requests that are looked at
   * @param failurePercent of them, 1 to 100: that many failures or slow answers open the breaker
   * @param slowCall an answer whose head takes longer is slow
   * @param open how long it stays open
   * @param halfOpenCalls how many requests try it out afterwards
   */
  public record Breaker(
      int window, int failurePercent, Duration slowCall, Duration open, int halfOpenCalls) {}

  /**
   * How it is known that a mirror is well.
   *
   * @param probe a path below the mirror's URL that answers 200 while it is; empty: its answers to
   *     clients' requests are all that is known
   * @param interval between two probes
   * @param failures in a row, of probes or of requests, that make it unwell
   * @param successes in a row, of probes, that make it well
   */
  public record Health(Optional<String> probe, Duration interval, int failures, int successes) {}

  /**
   * How often a request is made again.
   *
   * @param attempts of one request, the first included
   * @param budgetPercent of all requests that may be made again
   */
  public record Retry(int attempts, int budgetPercent) {}

  /**
   * When a mirror that lies is taken out.
   *
   * @param most different untrue artifacts
   * @param window within which they were delivered
   * @param out how long it is not asked
   */
  public record Lies(int most, Duration window, Duration out) {}
}
