package dev.modgate.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks, as the build itself says: a name to find its requests by, and no proof of anything.
 *
 * @param id 1 to {@value #MAX_ID} letters, digits, dashes and low lines
 * @param context the trace that the build's requests belong to
 */
public record Build(String id, Optional<TraceContext> context) {

  static final int MAX_ID = 64;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_ID + "}");

  /** Whether a build may be called so. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * What stands before each path that this build asks for: {@code /~ID} or {@code /~ID.CONTEXT}.
   */
  public String prefix() {
    return BuildPrefix.MARK + id + context.map(known -> "." + known.traceparent()).orElse("");
  }
}
