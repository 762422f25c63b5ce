package dev.modgate.chain.credential;

import dev.modgate.chain.credential.TokenSource.Token;
import dev.modgate.secret.RecentSecrets;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A token that is obtained when it is needed, kept in memory, and renewed while it is still good.
 * At one time at most one request for a token is under way, and everybody who needs its answer
 * waits for that one. A source that failed is left alone for {@link #PAUSE}, so that a wrong
 * password does not lock an account at the pace of builds.
 */
public final class TokenCredential implements Credential {

  /** After a failure, and between two renewals that a 401 asked for. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** In percent: from this part of its life on, a token is renewed. */
  private static final int RENEW_AFTER = 80;

  private final TokenSource source;
  private final Function<Secret, CredentialHeader> header;
  private final RecentSecrets recent;
  private final InstantSource clock;
  private final Executor threads;

  private Optional<Held> held = Optional.empty();

  /** The request for a token that is under way; its outcome is shown to all who wait. */
  private Optional<CompletableFuture<Shown>> flight = Optional.empty();

  private String failure = "";
  private Instant pausedUntil = Instant.MIN;
  private Instant refusalsPausedUntil = Instant.MIN;

  /**
   * @param header that shows a token
   * @param threads runs the requests for tokens; they block
   */
  public TokenCredential(
      TokenSource source,
      Function<Secret, CredentialHeader> header,
      RecentSecrets recent,
      InstantSource clock,
      Executor threads) {
    this.source = source;
    this.header = header;
    this.recent = recent;
    this.clock = clock;
    this.threads = threads;
  }

  private record Held(CredentialHeader header, Instant renew, Instant end) {}

  @Override
  public Shown show() {
    return waitFor(now());
  }

  @Override
  public Shown insteadOf(CredentialHeader refused) {
    return waitFor(afterRefusal(refused));
  }

  /** Without the lock: the request for a token ends by its own deadline. */
  private static Shown waitFor(CompletableFuture<Shown> result) {
    return result.join();
  }

  private synchronized CompletableFuture<Shown> now() {
    Instant now = clock.instant();
    Optional<Held> good = held.filter(token -> now.isBefore(token.end()));
    if (good.isPresent()) {
      if (!now.isBefore(good.get().renew()) && !now.isBefore(pausedUntil)) {
        CompletableFuture<Shown> _ = renewal();
      }
      return CompletableFuture.completedFuture(new Shown.Ready(good.get().header()));
    }
    return renewalUnlessPaused(now);
  }

  private synchronized CompletableFuture<Shown> afterRefusal(CredentialHeader refused) {
    Instant now = clock.instant();
    Optional<Held> newer = held.filter(token -> !token.header().equals(refused));
    if (newer.isPresent() && now.isBefore(newer.get().end())) {
      return CompletableFuture.completedFuture(new Shown.Ready(newer.get().header()));
    }
    if (flight.isEmpty()) {
      if (now.isBefore(refusalsPausedUntil)) {
        return CompletableFuture.completedFuture(new Shown.Nothing());
      }
      refusalsPausedUntil = now.plus(PAUSE);
    }
    held = Optional.empty();
    return renewalUnlessPaused(now);
  }

  private CompletableFuture<Shown> renewalUnlessPaused(Instant now) {
    if (flight.isEmpty() && now.isBefore(pausedUntil)) {
      return CompletableFuture.completedFuture(new Shown.Unavailable(failure));
    }
    return renewal();
  }

  /** The one under way, or a new one. */
  private CompletableFuture<Shown> renewal() {
    if (flight.isPresent()) {
      return flight.get();
    }
    CompletableFuture<Shown> started = new CompletableFuture<>();
    flight = Optional.of(started);
    threads.execute(() -> fly(started));
    return started;
  }

  private void fly(CompletableFuture<Shown> started) {
    Instant asked = clock.instant();
    Parsed<Token> answer = Parsed.invalid("the request for a token broke off");
    try {
      answer = source.obtain();
    } finally {
      started.complete(landed(answer, asked));
    }
  }

  private synchronized Shown landed(Parsed<Token> answer, Instant asked) {
    flight = Optional.empty();
    return switch (answer) {
      case Parsed.Valid<Token>(Token token) -> {
        recent.add(token.value());
        CredentialHeader shown = header.apply(token.value());
        Instant renew = asked.plus(token.life().multipliedBy(RENEW_AFTER).dividedBy(100));
        held = Optional.of(new Held(shown, renew, asked.plus(token.life())));
        yield new Shown.Ready(shown);
      }
      case Parsed.Invalid<Token>(String reason) -> {
        failure = reason;
        pausedUntil = clock.instant().plus(PAUSE);
        yield new Shown.Unavailable(reason);
      }
    };
  }
}
