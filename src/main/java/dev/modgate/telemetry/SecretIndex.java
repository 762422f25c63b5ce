package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Finds secrets in text, in time linear in the text: every form of every secret is in a table, in
 * pieces of {@value #GRAM} characters side by side; the text is rolled past it, and a hit is grown
 * to both sides as far as text and form agree. Any {@value KnownSecrets#FRAGMENT} characters in a
 * row hold a whole piece. Immutable.
 *
 * <p>Text and forms are compared folded: upper case as lower case, and the two characters in which
 * base64url differs as their base64 counterparts.
 */
final class SecretIndex {

  /**
   * Characters in a piece; the shortest secret has as many, and 2 * GRAM - 1 &lt;= {@link
   * KnownSecrets#FRAGMENT}.
   */
  private static final int GRAM = KnownSecrets.MIN_LENGTH;

  /** Eight bits of each of the {@value #GRAM} characters. */
  private static final long GRAM_MASK = (1L << (8 * GRAM)) - 1;

  /** Places of the same piece that are tried, so that repetitive secrets stay cheap. */
  private static final int MAX_PLACES = 64;

  /** Where a piece stands in a form. */
  private record Place(String form, int offset) {}

  private final Map<Long, List<Place>> places = new HashMap<>();

  /** A bit for each hash of a piece: most text is passed by without a look at the table. */
  private long[] filter = new long[1];

  private SecretIndex() {}

  static SecretIndex of(Collection<char[]> secrets) {
    SecretIndex index = new SecretIndex();
    for (char[] secret : secrets) {
      for (String form : forms(secret)) {
        index.add(form);
      }
    }
    index.filter = new long[filterWords(index.places.size())];
    for (long gram : index.places.keySet()) {
      int bit = index.bit(gram);
      index.filter[bit >>> 6] |= 1L << bit;
    }
    return index;
  }

  void find(CharSequence text, Cuts cuts) {
    if (places.isEmpty()) {
      return;
    }
    long gram = 0;
    int floor = 0;
    for (int i = 0; i < text.length(); i++) {
      gram = roll(gram, fold(text.charAt(i)));
      int start = i - GRAM + 1;
      if (start >= floor && mayHold(gram)) {
        // Pieces that reach over the end of a cut are tried too: another secret may go on there.
        floor = Math.max(floor, cutRuns(text, start, gram, cuts) - GRAM + 1);
      }
    }
  }

  /** True if a form of a secret, long enough to be no ordinary word, is in the text as a whole. */
  boolean holdsWhole(CharSequence text) {
    long gram = 0;
    for (int i = 0; i < text.length(); i++) {
      gram = roll(gram, fold(text.charAt(i)));
      int start = i - GRAM + 1;
      if (start >= 0 && mayHold(gram) && isWhole(text, start, gram)) {
        return true;
      }
    }
    return false;
  }

  /** The beginning of a form is always among the places. */
  private boolean isWhole(CharSequence text, int start, long gram) {
    for (Place place : places.getOrDefault(gram, List.of())) {
      int length = place.form.length();
      if (place.offset == 0
          && length >= KnownSecrets.FRAGMENT
          && growRight(text, start, place) - start == length) {
        return true;
      }
    }
    return false;
  }

  /** Cuts every run around this piece that is long enough; the index after them, or -1. */
  private int cutRuns(CharSequence text, int start, long gram, Cuts cuts) {
    int end = -1;
    for (Place place : places.getOrDefault(gram, List.of())) {
      int from = growLeft(text, start, place);
      int to = growRight(text, start, place);
      if (to - from >= Math.min(place.form.length(), KnownSecrets.FRAGMENT)) {
        cuts.add(from, to);
        end = Math.max(end, to);
      }
    }
    return end;
  }

  private static int growLeft(CharSequence text, int start, Place place) {
    int at = start;
    int in = place.offset;
    while (at > 0 && in > 0 && fold(text.charAt(at - 1)) == place.form.charAt(in - 1)) {
      at--;
      in--;
    }
    return at;
  }

  private static int growRight(CharSequence text, int start, Place place) {
    int at = start;
    int in = place.offset;
    while (at < text.length()
        && in < place.form.length()
        && fold(text.charAt(at)) == place.form.charAt(in)) {
      at++;
      in++;
    }
    return at;
  }

  private boolean mayHold(long gram) {
    int bit = bit(gram);
    return (filter[bit >>> 6] & (1L << bit)) != 0;
  }

  private int bit(long gram) {
    long mixed = gram * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (filter.length * 64 - 1);
  }

  private void add(String form) {
    for (int offset = 0; offset + GRAM <= form.length(); offset += GRAM) {
      long gram = 0;
      for (int i = offset; i < offset + GRAM; i++) {
        gram = roll(gram, form.charAt(i));
      }
      List<Place> same = places.computeIfAbsent(gram, _ -> new ArrayList<>(1));
      // The beginning of a form is always kept: it finds the whole secret.
      if (same.size() < MAX_PLACES || offset == 0) {
        same.add(new Place(form, offset));
      }
    }
  }

  /** Sixteen bits or more for each piece, a power of two, at most half a megabyte. */
  private static int filterWords(int grams) {
    int bits = Integer.highestOneBit(Math.clamp(grams, 4, 131_072)) * 32;
    return bits / 64;
  }

  private static long roll(long gram, char next) {
    return ((gram << 8) | ((next ^ (next >>> 8)) & 0xff)) & GRAM_MASK;
  }

  private static char fold(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c | 0x20);
    }
    return switch (c) {
      case '-' -> '+';
      case '_' -> '/';
      default -> c;
    };
  }

  /** Plain, hex, and base64 with no, one and two bytes in front; all folded. */
  private static List<String> forms(char[] secret) {
    byte[] bytes = bytes(secret);
    List<String> forms = new ArrayList<>();
    forms.add(folded(CharBuffer.wrap(secret)));
    forms.add(HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      forms.add(folded(base64(bytes, before)));
    }
    Arrays.fill(bytes, (byte) 0);
    return forms;
  }

  /** The characters of the base64 text that depend on no byte before or after the secret. */
  private static String base64(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String encoded = Base64.getEncoder().encodeToString(shifted);
    Arrays.fill(shifted, (byte) 0);
    return encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
  }

  private static String folded(CharSequence text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      folded.append(fold(text.charAt(i)));
    }
    return folded.toString();
  }

  private static byte[] bytes(char[] secret) {
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(secret));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }
}
