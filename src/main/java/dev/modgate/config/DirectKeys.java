package dev.modgate.config;

import dev.modgate.config.ListType.Texts;
import dev.modgate.config.ScalarTypes.DurationType;
import dev.modgate.config.ScalarTypes.WholeType;
import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code direct}, for {@link Keys}. */
final class DirectKeys {

  static final Key<String> GO =
      Key.of(
          "direct.go",
          new CommandType(),
          "go",
          "The go command that `direct` runs: a name that is looked for in PATH, or a path.");

  static final Key<Integer> CONCURRENCY =
      Key.of(
          "direct.concurrency",
          new WholeType(1, 64),
          "2",
          "Runs of the go command at one time; who waits longer than a minute is turned away.");

  /** The longest a sandbox lives; the data directory's cleaning relies on its being below 1h. */
  static final Key<Duration> TIMEOUT =
      Key.of(
          "direct.timeout",
          new DurationType(Duration.ofSeconds(1), Duration.ofMinutes(30)),
          "5m",
          "For one run of the go command; then all that it started is ended.");

  static final Key<Texts> CREDENTIALS =
      Key.of(
          "direct.credentials",
          new ListType(
              "credentials, each a glob of module path prefixes and `netrc FILE`,"
                  + " `git-credentials FILE` or `ssh-key FILE known-hosts FILE`",
              "git.corp.example/* netrc /etc/modgate/netrc",
              0,
              item -> DirectCredential.parse(item).then(_ -> Parsed.valid(item))),
          "",
          "What runs for matching modules may use; no run has any other credential.");

  static final Key<OptionalFile> GIT_CONFIG =
      Key.of(
          "direct.git-config",
          new OptionalFileType(),
          "",
          "A git configuration that is included, for `insteadOf` and the like; the user's own and"
              + " the system's are not read.");

  static final Key<OptionalFile> CA =
      Key.of(
          "direct.ca",
          new OptionalFileType(),
          "",
          "Certificates in PEM that go and git trust in place of the system's.");

  private DirectKeys() {}

  /** A command. */
  private record CommandType() implements ValueType<String> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]+");
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]+");

    @Override
    public Class<String> javaType() {
      return String.class;
    }

    @Override
    public String what() {
      return "the name of a command, or its absolute path";
    }

    @Override
    public String example() {
      return "/usr/local/go/bin/go";
    }

    @Override
    public Parsed<String> parse(String text) {
      return NAME.matcher(text).matches() || PATH.matcher(text).matches()
          ? Parsed.valid(text)
          : Parsed.invalid("is neither the name of a command nor an absolute path");
    }
  }

  /** A file, or none; it prints as it is written. */
  record OptionalFile(Optional<Path> path) {
    @Override
    public String toString() {
      return path.map(Path::toString).orElse("");
    }
  }

  /** An absolute path, or the empty text. */
  private record OptionalFileType() implements ValueType<OptionalFile> {

    @Override
    public Class<OptionalFile> javaType() {
      return OptionalFile.class;
    }

    @Override
    public String what() {
      return "the absolute path of a file, or \"\"";
    }

    @Override
    public String example() {
      return "/etc/modgate/file";
    }

    @Override
    public Parsed<OptionalFile> parse(String text) {
      return text.isEmpty()
          ? Parsed.valid(new OptionalFile(Optional.empty()))
          : DirectCredential.file(text)
              .then(path -> Parsed.valid(new OptionalFile(Optional.of(path))));
    }
  }
}
