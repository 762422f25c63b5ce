package dev.modgate.chain.credential;

import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.verify.Parsed;
import java.util.function.Function;

/** A credential that somebody else keeps fresh: a token, or a user with a password. */
public final class StandingCredential implements Credential {

  private final LiveSecret secret;
  private final Function<Secret, Parsed<CredentialHeader>> header;

  /**
   * @param header that shows the secret
   */
  public StandingCredential(LiveSecret secret, Function<Secret, Parsed<CredentialHeader>> header) {
    this.secret = secret;
    this.header = header;
  }

  @Override
  public Shown show() {
    return switch (secret.current().then(header)) {
      case Parsed.Valid<CredentialHeader>(CredentialHeader ready) -> new Shown.Ready(ready);
      case Parsed.Invalid<CredentialHeader>(String reason) -> new Shown.Unavailable(reason);
    };
  }

  /** It may have been rotated while the request was under way. */
  @Override
  public Shown insteadOf(CredentialHeader refused) {
    Shown now = show();
    return now.equals(new Shown.Ready(refused)) ? new Shown.Nothing() : now;
  }
}
