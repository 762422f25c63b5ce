package dev.modgate.telemetry;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live secrets of this process, kept so that they can be recognised in text that is about to
 * leave. It holds them as characters and nothing else about them; it never shows one.
 *
 * <p>A secret is recognised whole or by any {@value #FRAGMENT} characters of it in a row, in any
 * case, plain, as hex, and as base64 or base64url wherever in the encoded bytes it begins. ({@link
 * Scrubber} undoes percent-encoding and JSON escapes before it asks.)
 */
public final class KnownSecrets {

  /** Secrets shorter than this (in characters) are not kept: ordinary words would match. */
  public static final int MIN_LENGTH = 6;

  /** Only this many characters of a longer secret are kept. */
  public static final int MAX_LENGTH = 16_384;

  /** Beyond this many secrets at once, every text counts as one: a bound that fails closed. */
  public static final int MAX_COUNT = 256;

  /** Characters in a row that are taken for a part of a secret. */
  static final int FRAGMENT = 12;

  /** One kept secret. Closing it forgets the secret, for example after a rotation. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** By registration: two owners may have registered the same secret. */
  private final Map<Object, char[]> secrets = new HashMap<>();

  private volatile SecretIndex index = SecretIndex.of(List.of());
  private volatile boolean full;
  private final AtomicLong generation = new AtomicLong();

  /**
   * Keeps a copy of a secret until the registration is closed.
   *
   * @param secret without the scheme word ({@code Bearer}) in front; surrounding white space does
   *     not count; shorter than {@value #MIN_LENGTH} characters: not kept
   */
  public Registration register(CharSequence secret) {
    CharBuffer trimmed = trim(secret);
    if (trimmed.length() < MIN_LENGTH) {
      return () -> {};
    }
    char[] kept = new char[Math.min(trimmed.length(), MAX_LENGTH)];
    trimmed.get(kept);
    Object owner = new Object();
    change(() -> secrets.put(owner, kept));
    return () -> change(() -> secrets.remove(owner));
  }

  /** How many secrets are kept. */
  public int count() {
    synchronized (secrets) {
      return secrets.size();
    }
  }

  @Override
  public String toString() {
    return "KnownSecrets{" + count() + "}";
  }

  /**
   * True if one of at least {@value #FRAGMENT} characters stands in these bytes as a whole, in any
   * of its encodings. Beyond {@value #MAX_COUNT} secrets it is never true: it decides over answers,
   * and must not refuse them all.
   */
  public boolean areRepeatedIn(byte[] bytes) {
    SecretIndex looked = index;
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int i = 0; i <= Decoding.MOST; i++) {
      if (looked.holdsWhole(text)) {
        return true;
      }
      String decoded = Decoding.once(text);
      if (decoded.equals(text)) {
        return false;
      }
      text = decoded;
    }
    return false;
  }

  /** The words without secrets, pieces of them, and what looks like one. */
  public String clean(String words) {
    return new Scrubber(this).scrub(words);
  }

  /** Adds every place where a secret, or a part of one, stands in the text. */
  void find(CharSequence text, Cuts cuts) {
    if (full) {
      cuts.add(0, text.length());
    } else {
      index.find(text, cuts);
    }
  }

  /** Grows with every registration and every end of one. */
  long generation() {
    return generation.get();
  }

  private void change(Runnable change) {
    synchronized (secrets) {
      change.run();
      full = secrets.size() > MAX_COUNT;
      index = SecretIndex.of(full ? List.of() : secrets.values());
      generation.incrementAndGet();
    }
  }

  private static CharBuffer trim(CharSequence secret) {
    int from = 0;
    int to = secret.length();
    while (from < to && Character.isWhitespace(secret.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(secret.charAt(to - 1))) {
      to--;
    }
    return CharBuffer.wrap(secret, from, to);
  }
}
