package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What leaves in place of the path of a private module: in attributes, and in the log. */
public final class ModuleNames {

  /** In front of a hash. */
  static final String PREFIX = "private/";

  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of the hash that are shown; two of a million paths are the same once in 10^7 cases. */
  private static final int SHOWN_BYTES = 8;

  /** Elements of a path in a text at which a module's may begin. */
  private static final int MAX_BEGINNINGS = 16;

  private final Predicate<String> isPrivate;
  private final Function<String, Optional<String>> name;

  private ModuleNames(Predicate<String> isPrivate, Function<String, Optional<String>> name) {
    this.isPrivate = isPrivate;
    this.name = name;
  }

  /** All as they are. */
  public static ModuleNames shown() {
    return new ModuleNames(_ -> false, Optional::of);
  }

  /** No private ones. */
  public static ModuleNames omitted(Predicate<String> isPrivate) {
    return new ModuleNames(isPrivate, _ -> Optional.empty());
  }

  /**
   * Of private ones {@value #PREFIX} and the first {@value #SHOWN_BYTES} bytes of HMAC-SHA-256 (RFC
   * 2104) of the path, in hex.
   *
   * @param key at least one byte
   */
  public static ModuleNames hashed(Predicate<String> isPrivate, byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, ALGORITHM);
    return new ModuleNames(isPrivate, path -> Optional.of(PREFIX + hash(spec, path)));
  }

  private static String hash(SecretKeySpec key, String path) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(path.getBytes(UTF_8)), 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Of the path of a module, what leaves. */
  Optional<String> of(String path) {
    return isPrivate.test(path) ? name.apply(path) : Optional.of(path);
  }

  /**
   * The text with what leaves in place of each private path, wherever in a longer one it begins.
   */
  String in(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && isOfPath(text.charAt(end))) {
        end++;
      }
      out.append(inPath(text.substring(i, end)));
      if (end < text.length()) {
        out.append(text.charAt(end));
      }
      i = end + 1;
    }
    return out.toString().equals(text) ? text : out.toString();
  }

  private String inPath(String path) {
    int from = 0;
    for (int i = 0; i < MAX_BEGINNINGS && from < path.length(); i++) {
      String rest = path.substring(from).replaceAll("[./]+$", "");
      if (!rest.isEmpty() && isPrivate.test(rest)) {
        String tail = path.substring(from + rest.length());
        return path.substring(0, from) + name.apply(rest).orElse(Cuts.PLACEHOLDER) + tail;
      }
      int slash = path.indexOf('/', from);
      from = slash < 0 ? path.length() : slash + 1;
    }
    return path;
  }

  /** go.dev/ref/mod#go-mod-file-ident. */
  private static boolean isOfPath(char c) {
    return TextRule.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0;
  }
}
