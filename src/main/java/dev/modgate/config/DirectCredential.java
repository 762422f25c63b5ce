package dev.modgate.config;

import dev.modgate.verify.Parsed;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A credential for origins. It names files and holds no secret.
 *
 * @param modules a glob of module path prefixes
 */
public record DirectCredential(String modules, Source source) {

  /** What would have to be quoted for the shell, for git or for ssh is refused. */
  private static final Pattern FILE = Pattern.compile("/[^\\s\\p{Cntrl}'\"\\\\%$`]+");

  /** Where it stands. */
  public sealed interface Source {}

  /** netrc(5). */
  public record Netrc(Path file) implements Source {}

  /** git-credential-store(1). */
  public record GitCredentials(Path file) implements Source {}

  /** A private key, and the hosts that it may be shown to. */
  public record SshKey(Path key, Path knownHosts) implements Source {}

  /**
   * Reads {@code GLOB netrc FILE}, {@code GLOB git-credentials FILE} or {@code GLOB ssh-key FILE
   * known-hosts FILE}. No reason repeats the text.
   */
  static Parsed<DirectCredential> parse(String text) {
    String[] words = text.split("\\s+", -1);
    return ItemChecks.glob(words[0])
        .then(modules -> source(words).then(s -> Parsed.valid(new DirectCredential(modules, s))));
  }

  private static Parsed<Source> source(String[] words) {
    String kind = words.length > 1 ? words[1] : "";
    if (kind.equals("netrc") && words.length == 3) {
      return file(words[2]).then(file -> Parsed.valid(new Netrc(file)));
    }
    if (kind.equals("git-credentials") && words.length == 3) {
      return file(words[2]).then(file -> Parsed.valid(new GitCredentials(file)));
    }
    if (kind.equals("ssh-key") && words.length == 5 && words[3].equals("known-hosts")) {
      return file(words[2])
          .then(key -> file(words[4]).then(hosts -> Parsed.valid(new SshKey(key, hosts))));
    }
    return Parsed.invalid(
        "is none of GLOB netrc FILE, GLOB git-credentials FILE,"
            + " GLOB ssh-key FILE known-hosts FILE");
  }

  /** The absolute path of a file. */
  static Parsed<Path> file(String text) {
    return FILE.matcher(text).matches()
        ? Parsed.valid(Path.of(text))
        : Parsed.invalid(
            "names a file by something else than an absolute path without spaces, quotes, %, $");
  }
}
