package dev.modgate.chain;

/** For a mirror that anybody may ask. */
record NoCredential() implements Credential {

  @Override
  public Shown show() {
    return new Shown.Nothing();
  }

  @Override
  public Shown insteadOf(CredentialHeader refused) {
    return new Shown.Nothing();
  }
}
