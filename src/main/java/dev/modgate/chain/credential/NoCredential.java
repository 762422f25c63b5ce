package dev.modgate.chain.credential;

/** For a mirror that anybody may ask. */
public record NoCredential() implements Credential {

  @Override
  public Shown show() {
    return new Shown.Nothing();
  }

  @Override
  public Shown insteadOf(CredentialHeader refused) {
    return new Shown.Nothing();
  }
}
