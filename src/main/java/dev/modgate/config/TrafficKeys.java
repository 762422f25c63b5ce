package dev.modgate.config;

import dev.modgate.config.CredentialTypes.FileType;
import dev.modgate.config.ScalarTypes.DurationType;
import dev.modgate.config.ScalarTypes.WholeType;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the copy of what is served. */
final class TrafficKeys {

  static final Key<Target> URL =
      Key.of(
          "mirror-traffic.url",
          new TargetType(),
          "",
          "Where a line about each answer is sent, after it has been served. Empty: nowhere.");

  static final Key<Integer> QUEUE =
      Key.of(
          "mirror-traffic.queue",
          new WholeType(1, 65_536),
          "4096",
          "How many lines wait for the endpoint at most; further ones are dropped and counted.");

  static final Key<Duration> TIMEOUT =
      Key.of(
          "mirror-traffic.timeout",
          new DurationType(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "5s",
          "For the endpoint to take one batch of lines.");

  static final Key<Integer> BODIES =
      Key.of(
          "mirror-traffic.bodies",
          new SizeType(0, 16 << 20),
          "0B",
          "How large a body may be that goes into its line, and all bodies of one batch together;"
              + " 0B: lines hold none.");

  static final Key<Path> TOKEN_FILE =
      Key.optional(
          "mirror-traffic.token.file",
          new FileType("/run/secrets/audit-token"),
          "A file with the token that the endpoint is sent as `Bearer`.");

  static final Key<String> TOKEN_ENV =
      Key.optional(
          "mirror-traffic.token.env",
          CredentialTypes.VARIABLE,
          "A variable with the token that the endpoint is sent as `Bearer`.");

  static final List<Key<?>> ALL = List.of(URL, QUEUE, TIMEOUT, BODIES, TOKEN_FILE, TOKEN_ENV);

  private TrafficKeys() {}

  /**
   * An endpoint, if there is one.
   *
   * @param url under the rules of a mirror's: credentials go to https, or to this machine alone
   */
  record Target(Optional<MirrorUrl> url) {}

  /** An endpoint, or nothing. */
  record TargetType() implements ValueType<Target> {

    @Override
    public Class<Target> javaType() {
      return Target.class;
    }

    @Override
    public String what() {
      return "an https:// or http:// URL; USER:PASSWORD@ only with https, or http on loopback";
    }

    @Override
    public String example() {
      return "https://audit.corp.example/modgate";
    }

    @Override
    public Parsed<Target> parse(String text) {
      return text.isEmpty()
          ? Parsed.valid(new Target(Optional.empty()))
          : MirrorUrl.parse(text).then(url -> Parsed.valid(new Target(Optional.of(url))));
    }

    @Override
    public String show(Target value) {
      return value.url().map(MirrorUrl::toString).orElse("");
    }
  }
}
