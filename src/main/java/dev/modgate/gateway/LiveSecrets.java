package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.config.MirrorSettings;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.secret.SecretWatch;
import dev.modgate.telemetry.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the redaction which credentials this process holds, so that it knows them when it sees
 * them: what the configuration holds, for the process's life; what is read from files or obtained
 * from elsewhere, as long as it is live.
 */
record LiveSecrets(KnownSecrets known) implements SecretListener, SecretWatch {

  static LiveSecrets of(Configuration configuration) {
    LiveSecrets live = new LiveSecrets(new KnownSecrets());
    configuration.mirrors().stream()
        .map(MirrorSettings::credentials)
        .flatMap(LiveSecrets::held)
        .forEach(live::learn);
    configuration.traffic().stream().flatMap(LiveSecrets::held).forEach(live::learn);
    return live;
  }

  private static Stream<Secret> held(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None(), Credentials.NetrcFile _ -> Stream.of();
      case Credentials.Basic(Secret userAndPassword) -> Stream.of(userAndPassword);
      case Credentials.Account(String _, SecretReference password) -> held(password);
      case Credentials.Bearer(SecretReference token) -> held(token);
      case Credentials.ClientGrant grant -> held(grant.secret());
      case Credentials.Login login ->
          Stream.of(
                  login.header().map(Credentials.Header::value),
                  login.body().map(Credentials.Body::text))
              .flatMap(Optional::stream)
              .flatMap(LiveSecrets::held);
    };
  }

  private static Stream<Secret> held(Configuration.Traffic traffic) {
    return Stream.concat(
        traffic.userAndPassword().stream(), traffic.token().stream().flatMap(LiveSecrets::held));
  }

  private static Stream<Secret> held(SecretReference reference) {
    return switch (reference) {
      case SecretReference.Held(Secret secret) -> Stream.of(secret);
      case SecretReference.InFile _ -> Stream.of();
    };
  }

  /** As the key of a hash. */
  static byte[] key(Secret secret) {
    return secret.reveal().getBytes(StandardCharsets.US_ASCII);
  }

  /** The whole, as it may be encoded on the wire, and what follows a colon: a password alone. */
  @Override
  public Registration learn(Secret secret) {
    String whole = secret.reveal();
    List<KnownSecrets.Registration> registrations =
        Stream.of(whole, whole.substring(whole.indexOf(':') + 1))
            .distinct()
            .map(known::register)
            .toList();
    return () -> registrations.forEach(KnownSecrets.Registration::close);
  }

  @Override
  public boolean isRepeatedIn(byte[] bytes) {
    return known.areRepeatedIn(bytes);
  }

  @Override
  public String clean(String words) {
    return known.clean(words);
  }
}
