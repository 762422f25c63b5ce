package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Searches bytes for a canary in every encoding that an HTTP, JSON or protobuf path may give it. It
 * shares no code with what it judges. A canary is at least 16 characters of printable ASCII.
 */
public final class LeakDetector {

  /** The shapes in which a secret can leave. */
  public enum Encoding {
    PLAIN,
    UPPER_CASE,
    LOWER_CASE,
    /** Reserved characters as %XX. */
    PERCENT,
    /** Every byte as %XX. */
    PERCENT_ALL,
    BASE64,
    /** With one byte in front, such as in {@code user:password}. */
    BASE64_OFFSET_1,
    /** With two bytes in front. */
    BASE64_OFFSET_2,
    BASE64URL,
    BASE64URL_OFFSET_1,
    BASE64URL_OFFSET_2,
    HEX_LOWER,
    HEX_UPPER,
    JSON,
    /** Every character as a JSON u-escape. */
    JSON_UNICODE,
    /** Twelve characters in a row, in any case. */
    FRAGMENT
  }

  private static final int FRAGMENT_LENGTH = 12;

  private final String canary;

  public LeakDetector(String canary) {
    if (canary.length() < 16) {
      throw new IllegalArgumentException("a canary has at least 16 characters");
    }
    this.canary = canary;
  }

  /** A canary of 40 characters that differs from itself in each encoding. */
  public static LeakDetector random(RandomGenerator random) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$*";
    StringBuilder canary = new StringBuilder("cA");
    for (int i = 0; i < 34; i++) {
      canary.append(letters.charAt(random.nextInt(letters.length())));
    }
    // What percent-encoding, JSON and the two base64 alphabets treat specially.
    canary.insert(12, '"').insert(20, '/').insert(28, '+').insert(35, "~~~");
    return new LeakDetector(canary.toString());
  }

  public String canary() {
    return canary;
  }

  /** The canary as something that leaks it in this encoding would write it. */
  public String encode(Encoding encoding) {
    return switch (encoding) {
      case PLAIN -> canary;
      case UPPER_CASE -> canary.toUpperCase(Locale.ROOT);
      case LOWER_CASE -> canary.toLowerCase(Locale.ROOT);
      case PERCENT -> URLEncoder.encode(canary, UTF_8).replace("+", "%20");
      case PERCENT_ALL -> percentAll("%02X");
      case BASE64 -> base64(Base64.getEncoder(), "");
      case BASE64_OFFSET_1 -> base64(Base64.getEncoder(), "u");
      case BASE64_OFFSET_2 -> base64(Base64.getEncoder(), "u:");
      case BASE64URL -> base64(Base64.getUrlEncoder(), "");
      case BASE64URL_OFFSET_1 -> base64(Base64.getUrlEncoder(), "u");
      case BASE64URL_OFFSET_2 -> base64(Base64.getUrlEncoder(), "u:");
      case HEX_LOWER -> HexFormat.of().formatHex(canary.getBytes(UTF_8));
      case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(canary.getBytes(UTF_8));
      case JSON -> canary.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
      case JSON_UNICODE -> jsonUnicode();
      case FRAGMENT -> canary.substring(2, 2 + FRAGMENT_LENGTH);
    };
  }

  /** The encodings in which the canary stands in these bytes; empty if it does not. */
  public List<Encoding> search(byte[] haystack) {
    String text = new String(haystack, ISO_8859_1);
    List<Encoding> found = new ArrayList<>();
    for (Encoding encoding : Encoding.values()) {
      if (needles(encoding).stream().anyMatch(text::contains) || isFragment(encoding, text)) {
        found.add(encoding);
      }
    }
    return found;
  }

  /** The same, over several byte strings. */
  public List<Encoding> search(List<byte[]> haystacks) {
    return haystacks.stream().flatMap(one -> search(one).stream()).distinct().sorted().toList();
  }

  private List<String> needles(Encoding encoding) {
    return switch (encoding) {
      case FRAGMENT -> List.of();
      case PERCENT_ALL -> List.of(percentAll("%02X"), percentAll("%02x"));
      case BASE64 -> List.of(inner(Base64.getEncoder(), 0));
      case BASE64_OFFSET_1 -> List.of(inner(Base64.getEncoder(), 1));
      case BASE64_OFFSET_2 -> List.of(inner(Base64.getEncoder(), 2));
      case BASE64URL -> List.of(inner(Base64.getUrlEncoder(), 0));
      case BASE64URL_OFFSET_1 -> List.of(inner(Base64.getUrlEncoder(), 1));
      case BASE64URL_OFFSET_2 -> List.of(inner(Base64.getUrlEncoder(), 2));
      case JSON -> List.of(encode(Encoding.JSON), canary.replace("\"", "\\\""));
      case PLAIN, UPPER_CASE, LOWER_CASE, PERCENT, HEX_LOWER, HEX_UPPER, JSON_UNICODE ->
          List.of(encode(encoding));
    };
  }

  private boolean isFragment(Encoding encoding, String text) {
    if (encoding != Encoding.FRAGMENT) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String needle = canary.toLowerCase(Locale.ROOT);
    for (int i = 0; i + FRAGMENT_LENGTH <= needle.length(); i++) {
      if (lower.contains(needle.substring(i, i + FRAGMENT_LENGTH))) {
        return true;
      }
    }
    return false;
  }

  private String base64(Base64.Encoder encoder, String before) {
    return encoder.encodeToString((before + canary).getBytes(UTF_8));
  }

  /** The characters of the base64 text that depend on nothing but the canary. */
  private String inner(Base64.Encoder encoder, int offset) {
    String text = base64(encoder, "x".repeat(offset));
    int first = (offset * 8 + 5) / 6;
    int end = (offset + canary.getBytes(UTF_8).length) * 8 / 6;
    return text.substring(first, end);
  }

  private String percentAll(String format) {
    StringBuilder text = new StringBuilder();
    for (byte each : canary.getBytes(UTF_8)) {
      text.append('%').append(String.format(Locale.ROOT, format, each));
    }
    return text.toString();
  }

  private String jsonUnicode() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < canary.length(); i++) {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) canary.charAt(i)));
    }
    return text.toString();
  }
}
