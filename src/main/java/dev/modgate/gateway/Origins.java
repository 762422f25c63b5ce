package dev.modgate.gateway;

import dev.modgate.config.Configuration;
import dev.modgate.config.DirectCredential;
import dev.modgate.direct.DirectMirror;
import dev.modgate.direct.DirectSettings;
import dev.modgate.store.DataDirectory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** {@code direct}, if the configuration asks for it. */
public final class Origins {

  private static final System.Logger LOG = System.getLogger("modgate.direct");

  private Origins() {}

  static Optional<DirectMirror> of(
      Configuration configuration,
      Map<String, String> environment,
      DataDirectory data,
      InstantSource clock) {
    warning(configuration, environment)
        .ifPresent(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    return configuration.goproxy().asksOrigins()
        ? Optional.of(
            new DirectMirror(settings(configuration, environment), data::newTemporary, clock))
        : Optional.empty();
  }

  /**
   * What an operator should hear who asks for {@code direct} on a machine where it can't work now.
   *
   * @param environment for PATH
   */
  public static Optional<String> warning(
      Configuration configuration, Map<String, String> environment) {
    boolean isMissing =
        configuration.goproxy().asksOrigins()
            && settings(configuration, environment).goCommand().isEmpty();
    return isMissing
        ? Optional.of("goproxy: direct needs a go command, and none was found: set direct.go")
        : Optional.empty();
  }

  private static DirectSettings settings(
      Configuration configuration, Map<String, String> environment) {
    Configuration.Direct direct = configuration.direct();
    return new DirectSettings(
        direct.go(),
        environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"),
        direct.concurrency(),
        direct.timeout(),
        direct.gitConfig(),
        direct.ca(),
        direct.credentials().stream()
            .map(each -> new DirectSettings.Credential(each.modules(), source(each.source())))
            .toList());
  }

  private static DirectSettings.Source source(DirectCredential.Source source) {
    return switch (source) {
      case DirectCredential.Netrc(var file) -> new DirectSettings.Netrc(file);
      case DirectCredential.GitCredentials(var file) -> new DirectSettings.GitCredentials(file);
      case DirectCredential.SshKey(var key, var hosts) -> new DirectSettings.SshKey(key, hosts);
    };
  }
}
