package dev.modgate.secret;

/**
 * Is told each secret when it comes to life, so that it is recognised where it must not be. Called
 * before the secret is first used.
 */
@FunctionalInterface
public interface SecretListener {

  /** A secret that is live. */
  interface Registration extends AutoCloseable {
    /** It is no longer. */
    @Override
    void close();
  }

  Registration learn(Secret secret);

  /** One that does not care. */
  static SecretListener none() {
    return _ -> () -> {};
  }
}
