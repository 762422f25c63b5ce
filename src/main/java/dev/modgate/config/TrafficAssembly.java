package dev.modgate.config;

import dev.modgate.secret.SecretReference;
import java.util.Map;
import java.util.Optional;

/** Makes the copy of what is served of its keys, and checks what concerns several of them. */
final class TrafficAssembly {

  private static final String TOKEN = "mirror-traffic.token";

  private final Settings settings;
  private final SecretKeys secrets;
  private Optional<SecretReference> token = Optional.empty();

  /**
   * @param environment in which the variables are that keys name
   */
  TrafficAssembly(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.secrets = new SecretKeys(settings, environment);
  }

  /** Finds the problems; for no problem, {@link #traffic} has the outcome. */
  void assemble() {
    Optional<MirrorUrl> url = value(TrafficKeys.URL).url();
    if (isTokenSet() && url.flatMap(MirrorUrl::userAndPassword).isPresent()) {
      problem(
          "is set, and so is the user in mirror-traffic.url: the endpoint is shown one credential",
          "leave one of them out");
    } else if (isTokenSet() && url.isPresent() && !url.get().isConfidential()) {
      problem(
          "would be read on the way: credentials go over https, or over http to this machine alone",
          "write https:// in mirror-traffic.url");
    } else {
      token =
          secrets.find(
              TrafficKeys.TOKEN_FILE,
              TrafficKeys.TOKEN_FILE.path(),
              TrafficKeys.TOKEN_ENV,
              TrafficKeys.TOKEN_ENV.path());
    }
  }

  Optional<Configuration.Traffic> traffic() {
    return value(TrafficKeys.URL)
        .url()
        .map(url ->
            new Configuration.Traffic(
                url.url(),
                url.userAndPassword(),
                token,
                value(TrafficKeys.QUEUE),
                value(TrafficKeys.TIMEOUT),
                value(TrafficKeys.BODIES)));
  }

  private boolean isTokenSet() {
    return isSet(TrafficKeys.TOKEN_FILE) || isSet(TrafficKeys.TOKEN_ENV);
  }

  private boolean isSet(Key<?> key) {
    return settings.isSet(key.path());
  }

  private void problem(String message, String fix) {
    Key<?> set = isSet(TrafficKeys.TOKEN_FILE) ? TrafficKeys.TOKEN_FILE : TrafficKeys.TOKEN_ENV;
    settings.problem(settings.origin(set, set.path()), TOKEN, message, fix);
  }

  private <T> T value(Key<T> key) {
    return settings.value(key, key.path());
  }
}
