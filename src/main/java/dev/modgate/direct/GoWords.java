package dev.modgate.direct;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the go command's own words mean. It ends with 1 for everything, and says what it was in a
 * text (cmd/go/internal/modfetch, vcs, web); what is not known to mean "not there" is a failure.
 */
final class GoWords {

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s\"']*@");

  private static final int LINES = 8;
  private static final int COLUMNS = 80;

  /** The origin was reached, and it has no such thing. */
  private static final Pattern NOT_THERE =
      Pattern.compile(
          String.join(
              "|",
              "unknown revision ",
              "no matching versions for query",
              "\\b(404 Not Found|410 Gone)\\b",
              "[Rr]epository( '[^']*')? not found",
              "does not appear to be a git repository",
              "no commits",
              "no go-import meta tag",
              "meta tag \\S+ did not match import path",
              "invalid \\S+ import path",
              "cannot contain module",
              // A version of a module that is not what its path and go.mod allow.
              "missing \\S*go\\.mod",
              "is missing module path",
              "has (malformed|non-\\S+|post-\\S+) module path",
              "both have \\S+ module paths",
              "module path must match major version",
              "is not a tag",
              "is not canonical",
              // A pseudo-version that is not the one of its commit.
              "revision is (longer|shorter) than canonical",
              "does not match (short name of revision|version-control timestamp)",
              "should not be replaced with a pseudo-version",
              "major version without preceding tag",
              "not a descendent of preceding tag",
              "preceding tag \\(\\S+\\) not found"));

  /** An origin says so of what it hides from strangers, and of what does not exist. */
  private static final Pattern ASKS_WHO =
      Pattern.compile("could not read (Username|Password)|terminal prompts disabled");

  /** Failures that have a name, in the order in which they are looked for. */
  private static final List<Map.Entry<Pattern, String>> FAILURES =
      List.of(
          named("GOVCS disallows", "the origin is not kept in git, and nothing else is started"),
          named("requires go >= ", "the module needs a newer go command than the gate has"),
          named("executable file not found", "go found no git: install it"),
          named("Host key verification failed", "the origin's ssh host key is not known"),
          named(
              "Authentication failed|Permission denied|\\b(401 Unauthorized|403 Forbidden)\\b"
                  + "|returned error: (401|403)",
              "the origin did not accept the credentials"),
          named("x509:|certificate", "the origin's certificate is not trusted"),
          named(
              "no such host|Could not resolve host",
              "the name of the origin's host does not resolve"),
          named(
              "connection refused|Connection refused|Failed to connect|no route to host|timed out"
                  + "|timeout",
              "the origin could not be reached"),
          named("transport '[a-z]+' not allowed", "the origin's protocol is not allowed here"),
          named(
              "no secure protocol found",
              "the origin did not answer as a git repository over a protocol that is allowed"),
          named("no space left", "the disk of this gate is full"));

  private GoWords() {}

  private static Map.Entry<Pattern, String> named(String words, String meaning) {
    return Map.entry(Pattern.compile(words), meaning);
  }

  /**
   * What a run that failed comes to.
   *
   * @param words of the go command, as they are but for places on this machine
   * @param code its exit code
   * @param isKnown whether the run had credentials
   */
  static Reply meaning(String words, int code, boolean isKnown) {
    String line = words.replaceAll("\\s+", " ");
    if (ASKS_WHO.matcher(line).find()) {
      return isKnown
          ? failed("the origin did not accept the credentials")
          : new Reply.NotThere(404, printable(words));
    }
    if (NOT_THERE.matcher(line).find()) {
      return new Reply.NotThere(404, printable(words));
    }
    return FAILURES.stream()
        .filter(each -> each.getKey().matcher(line).find())
        .findFirst()
        .map(each -> failed(each.getValue()))
        .orElseGet(() -> failed("go ended with " + code));
  }

  static Reply failed(String how) {
    return new Reply.Failed(new Failure.NotFetched(how));
  }

  /**
   * Fit to be shown: no user or password of a URL, printable ASCII, at most 8 lines of 80; longer
   * lines are broken.
   */
  static String printable(String text) {
    return USER_INFO
        .matcher(text)
        .replaceAll("://")
        .lines()
        .map(line -> line.replaceAll("[^\\x20-\\x7e]", " ").strip())
        .filter(line -> !line.isEmpty())
        .flatMap(line ->
            IntStream.range(0, (line.length() + COLUMNS - 1) / COLUMNS)
                .mapToObj(
                    i -> line.substring(i * COLUMNS, Math.min(line.length(), (i + 1) * COLUMNS))))
        .limit(LINES)
        .collect(Collectors.joining("\n"));
  }
}
