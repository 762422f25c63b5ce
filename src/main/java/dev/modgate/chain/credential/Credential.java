package dev.modgate.chain.credential;

/** What a mirror is shown. Only requests to its own origin ask for it. */
public sealed interface Credential permits NoCredential, StandingCredential, TokenCredential {

  /** What to show now; blocks while it is obtained, within a deadline of its own. */
  Shown show();

  /**
   * The mirror answered 401 to this header: what to show instead. {@link Shown.Nothing} if there is
   * nothing newer, so that another attempt would end alike.
   */
  Shown insteadOf(CredentialHeader refused);
}
