package dev.modgate.verify.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A well-formed note.
 *
 * @param text what was signed; it ends with a newline
 * @param verified the signatures by known keys, one per key, in the order of the lines
 * @param unverified the signatures by unknown keys, identical lines once; they prove nothing
 */
public record SignedNote(
    String text, List<NoteSignature> verified, List<NoteSignature> unverified) {

  /** The most signature lines a note may have. */
  static final int MAX_SIGNATURES = 100;

  /** U+2014 EM DASH and a space start every signature line. */
  private static final String LINE_START = "— ";

  /** Bytes of the key hash before the signature. */
  private static final int KEY_HASH_BYTES = 4;

  /** Copies the lists. */
  public SignedNote {
    verified = List.copyOf(verified);
    unverified = List.copyOf(unverified);
  }

  /** What opening a note found. */
  public sealed interface Opened {

    /**
     * At least one known key signed the text, and no signature by a known key is bad.
     *
     * @param note with at least one verified signature
     */
    record Verified(SignedNote note) implements Opened {}

    /**
     * Well-formed, but signed by no known key: nothing about the text is proven.
     *
     * @param note without a verified signature
     */
    record Unverified(SignedNote note) implements Opened {}

    /**
     * A signature that names a known key was not made by it.
     *
     * @param name of the key
     * @param keyHash of the key, as in {@link VerifierKey#hash}
     */
    record BadSignature(String name, int keyHash) implements Opened {}

    /**
     * Not a note.
     *
     * @param reason one printable sentence, without any of the text
     */
    record Malformed(String reason) implements Opened {}
  }

  /**
   * Opens a note, trusting only the given keys.
   *
   * <p>Source: golang.org/x/mod/sumdb/note, Open; C2SP signed-note.
   *
   * @param message any bytes; more than 100 signature lines are malformed
   * @param known the trusted keys; a line that fits two of them makes the note malformed
   * @return what the signatures prove
   */
  public static Opened open(byte[] message, List<VerifierKey> known) {
    Optional<String> decoded = PlainText.decode(message);
    if (decoded.isEmpty()) {
      return new Opened.Malformed("the note is not plain UTF-8 text");
    }
    String whole = decoded.get();
    int split = whole.lastIndexOf("\n\n");
    if (split < 0) {
      return new Opened.Malformed("the note has no blank line before its signatures");
    }
    String signatures = whole.substring(split + 2);
    if (!signatures.endsWith("\n")) {
      return new Opened.Malformed("the note does not end with a signature line");
    }
    return new Opening(whole.substring(0, split + 1), known).read(signatures);
  }

  /** The reading of one note's signature lines. */
  private static final class Opening {

    private final String text;
    private final byte[] signed;
    private final List<VerifierKey> known;
    private final List<NoteSignature> verified = new ArrayList<>();
    private final List<NoteSignature> unverified = new ArrayList<>();
    private final Set<VerifierKey> seenKeys = new HashSet<>();
    private final Set<NoteSignature> seenUnverified = new HashSet<>();

    Opening(String text, List<VerifierKey> known) {
      this.text = text;
      this.signed = text.getBytes(StandardCharsets.UTF_8);
      this.known = known;
    }

    Opened read(String signatures) {
      int lines = 0;
      for (int start = 0; start < signatures.length(); ) {
        int end = signatures.indexOf('\n', start);
        if (++lines > MAX_SIGNATURES) {
          return new Opened.Malformed("the note has more than 100 signatures");
        }
        Optional<Opened> fault = readLine(signatures.substring(start, end));
        if (fault.isPresent()) {
          return fault.get();
        }
        start = end + 1;
      }
      SignedNote note = new SignedNote(text, verified, unverified);
      return verified.isEmpty() ? new Opened.Unverified(note) : new Opened.Verified(note);
    }

    /** Takes one line, without its newline, or says what is wrong with the note. */
    private Optional<Opened> readLine(String line) {
      int space = line.indexOf(' ', LINE_START.length());
      if (!line.startsWith(LINE_START) || space < 0) {
        return malformedLine();
      }
      String name = line.substring(LINE_START.length(), space);
      String base64 = line.substring(space + 1);
      Optional<byte[]> decoded = PaddedBase64.decode(base64);
      if (!VerifierKey.isValidName(name)
          || decoded.isEmpty()
          || decoded.get().length <= KEY_HASH_BYTES) {
        return malformedLine();
      }
      byte[] hashAndSignature = decoded.get();
      int keyHash = ByteBuffer.wrap(hashAndSignature).getInt();
      byte[] signature =
          Arrays.copyOfRange(hashAndSignature, KEY_HASH_BYTES, hashAndSignature.length);
      return take(new NoteSignature(name, keyHash, base64), signature);
    }

    private Optional<Opened> take(NoteSignature line, byte[] signature) {
      List<VerifierKey> keys =
          known.stream()
              .filter(key -> key.name().equals(line.name()) && key.hash() == line.keyHash())
              .toList();
      if (keys.isEmpty()) {
        if (seenUnverified.add(line)) {
          unverified.add(line);
        }
        return Optional.empty();
      }
      if (keys.size() > 1) {
        return Optional.of(
            new Opened.Malformed(
                "more than one known key is called " + label(line.name(), line.keyHash())));
      }
      if (!seenKeys.add(keys.getFirst())) {
        return Optional.empty();
      }
      if (!keys.getFirst().verifies(signed, signature)) {
        return Optional.of(new Opened.BadSignature(line.name(), line.keyHash()));
      }
      verified.add(line);
      return Optional.empty();
    }

    private static Optional<Opened> malformedLine() {
      return Optional.of(new Opened.Malformed("the note has a malformed signature line"));
    }
  }

  private static String label(String name, int keyHash) {
    return name + "+" + HexFormat.of().toHexDigits(keyHash);
  }
}
