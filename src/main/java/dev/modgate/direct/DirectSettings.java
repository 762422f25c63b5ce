package dev.modgate.direct;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How {@code direct} fetches.
 *
 * @param go the go command: a path with a slash in it, or a name that is looked for in {@code
 *     searchPath}
 * @param searchPath folders with a colon between them, as in PATH
 * @param concurrency runs of the go command at once, 1 or more
 * @param timeout of one run
 * @param gitConfig a git configuration that is included, for rules such as {@code insteadOf}
 * @param ca certificates in PEM that are trusted in place of the system's
 * @param credentials which of them a run is given depends on the module
 */
public record DirectSettings(
    String go,
    String searchPath,
    int concurrency,
    Duration timeout,
    Optional<Path> gitConfig,
    Optional<Path> ca,
    List<Credential> credentials) {

  public DirectSettings {
    credentials = List.copyOf(credentials);
  }

  /** The go command that would be run now. */
  public Optional<Path> goCommand() {
    return Programs.in(searchPath).find(go);
  }

  /**
   * What runs for some modules may use. The files are named to git, ssh and go, and never read
   * here.
   *
   * @param modules a glob over prefixes of the module path, as in GOPRIVATE
   */
  public record Credential(String modules, Source source) {}

  /** Where a credential stands. The paths are absolute and hold no space, quote or percent sign. */
  public sealed interface Source {

    /** The files that must be readable. */
    List<Path> files();
  }

  /** Hosts, logins and passwords, for git and go over HTTPS (netrc(5)). */
  public record Netrc(Path file) implements Source {
    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }

  /** URLs with user and password, for git over HTTPS (git-credential-store(1)). */
  public record GitCredentials(Path file) implements Source {
    @Override
    public List<Path> files() {
      return List.of(file);
    }
  }

  /**
   * A private key, for git over SSH.
   *
   * @param knownHosts the hosts that it may be shown to (sshd(8), SSH_KNOWN_HOSTS)
   */
  public record SshKey(Path key, Path knownHosts) implements Source {
    @Override
    public List<Path> files() {
      return List.of(key, knownHosts);
    }
  }
}
