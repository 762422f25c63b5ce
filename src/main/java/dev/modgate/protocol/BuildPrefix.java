package dev.modgate.protocol;

import dev.modgate.verify.Parsed;
import java.util.Optional;

/**
 * The build that a request belongs to, as the first element of its path: {@code /~ID/…}, with a
 * trace context {@code /~ID.00-TRACE-SPAN-FLAGS/…}. No module path begins with a tilde: its first
 * element is a host name (x/mod module.CheckPath). What stands behind it is read as if it stood
 * alone, so that no room but the edge ever sees that there was a build.
 */
public final class BuildPrefix {

  static final String MARK = "/~";

  private BuildPrefix() {}

  /**
   * A target without the prefix.
   *
   * @param target raw, and as it would have come without a build
   */
  public record Addressed(Optional<Build> build, String target) {}

  /**
   * Takes the prefix off, if there is one. It has one spelling: a percent-escape in it is refused.
   *
   * @param rawTarget as it stood in the request line, without the query
   */
  public static Parsed<Addressed> read(String rawTarget) {
    if (!rawTarget.startsWith(MARK)) {
      return Parsed.valid(new Addressed(Optional.empty(), rawTarget));
    }
    int slash = rawTarget.indexOf('/', MARK.length());
    if (slash < 0) {
      return Parsed.invalid("behind the build there must be a slash and what it asks for");
    }
    String target = rawTarget.substring(slash);
    if (target.startsWith(MARK)) {
      return Parsed.invalid("a request belongs to one build");
    }
    return build(rawTarget.substring(MARK.length(), slash))
        .then(build -> Parsed.valid(new Addressed(Optional.of(build), target)));
  }

  private static Parsed<Build> build(String element) {
    int dot = element.indexOf('.');
    String id = dot < 0 ? element : element.substring(0, dot);
    if (!Build.isId(id)) {
      return Parsed.invalid(
          "a build is named by 1 to " + Build.MAX_ID + " letters, digits, dashes and low lines");
    }
    return dot < 0
        ? Parsed.valid(new Build(id, Optional.empty()))
        : TraceContext.parse(element.substring(dot + 1))
            .then(context -> Parsed.valid(new Build(id, Optional.of(context))));
  }
}
