package dev.modgate.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** The {@code Content-Range} of a part (RFC 9110 §14.4). */
final class ContentRange {

  private static final Pattern BYTES =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private ContentRange() {}

  /** True if the part begins where the file ends, and goes to the end of the whole. */
  static boolean continues(Response response, Payload.Partial begun) {
    Matcher range = BYTES.matcher(String.valueOf(response.header("Content-Range")));
    return range.matches()
        && Long.parseLong(range.group(1)) == begun.size()
        && Long.parseLong(range.group(2)) == Long.parseLong(range.group(3)) - 1;
  }
}
