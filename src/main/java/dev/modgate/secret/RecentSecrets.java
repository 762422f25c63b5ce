package dev.modgate.secret;

import dev.modgate.secret.SecretListener.Registration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last values of one credential: the one in use, and the one before, which requests and error
 * texts that are under way may still hold. Older ones are forgotten.
 */
public final class RecentSecrets {

  private static final int KEPT = 2;

  private final SecretListener listener;
  private final Deque<Registration> registrations = new ArrayDeque<>();

  public RecentSecrets(SecretListener listener) {
    this.listener = listener;
  }

  /** From now on this value is in use. */
  public synchronized void add(Secret secret) {
    registrations.addLast(listener.learn(secret));
    while (registrations.size() > KEPT) {
      registrations.removeFirst().close();
    }
  }
}
