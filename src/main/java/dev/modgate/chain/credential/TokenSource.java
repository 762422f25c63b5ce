package dev.modgate.chain.credential;

import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.time.Duration;

/** Where tokens come from. */
public interface TokenSource {

  /**
   * Asks for a new token and waits, within a deadline of its own.
   *
   * @return a reason that is one line and quotes nothing
   */
  Parsed<Token> obtain();

  /**
   * A token.
   *
   * @param life from the moment on that it was asked for
   */
  record Token(Secret value, Duration life) {}
}
