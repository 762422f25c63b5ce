package dev.modgate.config;

import dev.modgate.secret.Credentials;
import dev.modgate.verify.Parsed;
import java.util.Set;
import java.util.regex.Pattern;

/** What the items of lists must look like. No reason repeats an item. */
final class ItemChecks {

  /** {@code name+hash+key} (golang.org/x/mod/sumdb/note). */
  private static final Pattern VERIFIER_KEY =
      Pattern.compile("[^\\s+]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}");

  /** The names that need no key: cmd/go/internal/modfetch/key.go. */
  private static final Set<String> KNOWN = Set.of("sum.golang.org", "sum.golang.google.cn");

  private ItemChecks() {}

  static Parsed<String> network(String item) {
    return Cidr.parse(item).then(_ -> Parsed.valid(item));
  }

  /**
   * GOSUMDB (go.dev/ref/mod#authenticating). {@code off} is no checksum database: what is served
   * without a proof is named by {@code gonosumdb}.
   */
  static Parsed<String> checksumDatabase(String item) {
    String[] fields = item.split("\\s+", -1);
    if (item.equals("off")) {
      return Parsed.invalid("is off: name the modules that need no proof in gonosumdb");
    }
    if (fields.length > 2) {
      return Parsed.invalid("has more than a key and a URL");
    }
    if (!KNOWN.contains(fields[0]) && !VERIFIER_KEY.matcher(fields[0]).matches()) {
      return Parsed.invalid("is neither a known checksum database nor NAME+HASH+KEY");
    }
    if (fields.length == 1) {
      return Parsed.valid(item);
    }
    return MirrorUrl.parse(fields[1])
        .then(url ->
            url.credentials() instanceof Credentials.None
                ? Parsed.valid(fields[0] + " " + url)
                : Parsed.invalid("has credentials in its URL, which are not supported"));
  }

  /**
   * A glob of Go's path.Match. Go lets a malformed one match nothing; here that would send the name
   * of a private module to the log, so it is refused.
   */
  static Parsed<String> glob(String item) {
    if (item.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
      return Parsed.invalid("holds a space or a control character");
    }
    if (item.contains(":") || item.contains("@")) {
      return Parsed.invalid("holds a : or @, which no module path holds");
    }
    int i = 0;
    while (i < item.length()) {
      int next =
          switch (item.charAt(i)) {
            case '[' -> afterClass(item, i + 1);
            case '\\' -> i + 2;
            default -> i + 1;
          };
      if (next < 0 || next > item.length()) {
        return Parsed.invalid("is a malformed glob: a [ or \\ that does not end");
      }
      i = next;
    }
    return Parsed.valid(item);
  }

  /** The index after a character class; negative if it is malformed. */
  private static int afterClass(String glob, int start) {
    int i = glob.startsWith("^", start) ? start + 1 : start;
    for (int ranges = 0; i < glob.length(); ranges++) {
      if (glob.charAt(i) == ']' && ranges > 0) {
        return i + 1;
      }
      i = afterBound(glob, i);
      if (i >= 0 && glob.startsWith("-", i)) {
        i = afterBound(glob, i + 1);
      }
      if (i < 0) {
        return -1;
      }
    }
    return -1;
  }

  private static int afterBound(String glob, int i) {
    if (i >= glob.length() || glob.charAt(i) == '-' || glob.charAt(i) == ']') {
      return -1;
    }
    int character = glob.charAt(i) == '\\' ? i + 1 : i;
    return character < glob.length()
        ? character + Character.charCount(glob.codePointAt(character))
        : -1;
  }
}
