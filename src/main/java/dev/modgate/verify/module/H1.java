package dev.modgate.verify.module;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.modgate.verify.Parsed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A hash of a set of files: SHA-256 over a line for each, its own SHA-256 in hex, two spaces and
 * its name, in the order of the names' bytes (golang.org/x/mod sumdb/dirhash, Hash1).
 *
 * @see <a href="https://go.dev/ref/mod#go-sum-files">go.dev/ref/mod#go-sum-files</a>
 */
public final class H1 {

  private static final String PREFIX = "h1:";
  private static final int SHA_256 = 32;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final String text;

  private H1(String text) {
    this.text = text;
  }

  /**
   * Reads {@code h1:} and 32 bytes in padded base64; any other spelling of them is refused.
   *
   * @param text any text
   * @return the hash, or why the text is none
   */
  public static Parsed<H1> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Parsed.invalid("the hash does not start with h1:");
    }
    try {
      byte[] digest = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      H1 h1 = ofDigest(digest);
      return digest.length == SHA_256 && h1.text.equals(text)
          ? Parsed.valid(h1)
          : Parsed.invalid("the hash is not 32 bytes in base64");
    } catch (IllegalArgumentException e) {
      return Parsed.invalid("the hash is not 32 bytes in base64");
    }
  }

  /**
   * The hash of a {@code /go.mod} line: of one file with that name (cmd/go, modfetch.goModSum).
   *
   * @param goMod the file's bytes, whatever they say
   * @return its hash
   */
  public static H1 ofGoMod(byte[] goMod) {
    return of(Map.of("go.mod", goMod));
  }

  /**
   * The hash of files in memory.
   *
   * @param files content by name
   * @return their hash; for no files, that of no lines
   * @throws IllegalArgumentException if a name has a newline or is not Unicode
   */
  public static H1 of(Map<String, byte[]> files) {
    Builder builder = new Builder();
    files.forEach((name, content) -> builder.add(Utf8.bytes(name), sha256().digest(content)));
    return builder.build();
  }

  private static H1 ofDigest(byte[] digest) {
    return new H1(PREFIX + Base64.getEncoder().encodeToString(digest));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Collects files in any order; a name that comes twice has two lines, in the order of adding. For
   * one thread.
   */
  public static final class Builder {

    private final List<File> files = new ArrayList<>();

    /** No file yet. */
    public Builder() {}

    /**
     * Adds a file.
     *
     * @param nameUtf8 as in the zip, without a newline
     * @param sha256 of the content, 32 bytes
     * @return this
     * @throws IllegalArgumentException if the name has a newline or the digest another length
     */
    public Builder add(byte[] nameUtf8, byte[] sha256) {
      if (sha256.length != SHA_256) {
        throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + sha256.length);
      }
      for (byte b : nameUtf8) {
        if (b == '\n') {
          throw new IllegalArgumentException("a file name with a newline has no hash");
        }
      }
      files.add(new File(nameUtf8.clone(), sha256.clone()));
      return this;
    }

    /** {@return the hash of all that was added so far} */
    public H1 build() {
      List<File> sorted = new ArrayList<>(files);
      sorted.sort(Comparator.comparing(File::name, Arrays::compareUnsigned));
      MessageDigest lines = sha256();
      byte[] start = new byte[2 * SHA_256 + 2];
      for (File file : sorted) {
        startLine(start, file.sha256);
        lines.update(start);
        lines.update(file.name);
        lines.update((byte) '\n');
      }
      return ofDigest(lines.digest());
    }

    /** The digest in hex and two spaces. */
    private static void startLine(byte[] line, byte[] sha256) {
      for (int i = 0; i < SHA_256; i++) {
        line[2 * i] = HEX[sha256[i] >> 4 & 0xf];
        line[2 * i + 1] = HEX[sha256[i] & 0xf];
      }
      line[2 * SHA_256] = ' ';
      line[2 * SHA_256 + 1] = ' ';
    }

    private static final class File {
      private final byte[] name;
      private final byte[] sha256;

      File(byte[] name, byte[] sha256) {
        this.name = name;
        this.sha256 = sha256;
      }

      byte[] name() {
        return name;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof H1 that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** {@code h1:} and base64. */
  @Override
  public String toString() {
    return text;
  }
}
