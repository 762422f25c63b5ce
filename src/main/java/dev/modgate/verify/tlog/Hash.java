package dev.modgate.verify.tlog;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.PaddedBase64;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** A SHA-256 hash of a record or of a node of the tree: 32 bytes. */
public final class Hash {

  /** Bytes of a hash. */
  public static final int BYTES = 32;

  /** RFC 6962 §2.1: the byte before the content of a leaf. */
  private static final byte LEAF = 0;

  /** RFC 6962 §2.1: the byte before the two children of a node. */
  private static final byte NODE = 1;

  /** The root of the tree without records: SHA-256 of nothing (RFC 6962 §2.1). */
  public static final Hash OF_EMPTY_TREE = new Hash(sha256().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the base64 of 32 bytes, with its padding.
   *
   * @param base64 any text
   * @return the hash, or why the text is none
   */
  public static Parsed<Hash> parse(String base64) {
    Optional<byte[]> decoded = PaddedBase64.decode(base64);
    if (decoded.isEmpty() || decoded.get().length != BYTES) {
      return Parsed.invalid("a hash is the base64 of 32 bytes");
    }
    return Parsed.valid(new Hash(decoded.get()));
  }

  /**
   * Takes a hash out of an array.
   *
   * @param bytes at least 32 from {@code offset} on
   * @param offset of the first byte
   * @return a hash of its own bytes
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public static Hash copyOf(byte[] bytes, int offset) {
    Objects.checkFromIndexSize(offset, BYTES, bytes.length);
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
  }

  /**
   * The hash of a record: SHA-256(0x00, content) (RFC 6962 §2.1).
   *
   * @param content of the record, without its number
   * @return the leaf
   */
  public static Hash ofRecord(byte[] content) {
    MessageDigest sha256 = sha256();
    sha256.update(LEAF);
    return new Hash(sha256.digest(content));
  }

  /**
   * The hash of an inner node: SHA-256(0x01, left, right) (RFC 6962 §2.1).
   *
   * @param left child
   * @param right child
   * @return their parent
   */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest sha256 = sha256();
    sha256.update(NODE);
    sha256.update(left.bytes);
    return new Hash(sha256.digest(right.bytes));
  }

  /**
   * The root of the complete subtree whose leaves stand one after the other in {@code hashes}.
   *
   * @param from byte offset of the first leaf
   * @param to byte offset after the last; {@code to - from} is 32 times a power of two
   */
  static Hash ofSubtree(byte[] hashes, int from, int to) {
    byte[] level = Arrays.copyOfRange(hashes, from, to);
    MessageDigest sha256 = sha256();
    try {
      for (int length = level.length; length > BYTES; length /= 2) {
        for (int node = 0; node < length / 2; node += BYTES) {
          sha256.update(NODE);
          sha256.update(level, 2 * node, 2 * BYTES);
          sha256.digest(level, node, BYTES);
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
    return new Hash(Arrays.copyOf(level, BYTES));
  }

  /** {@return a copy of the 32 bytes} */
  public byte[] toBytes() {
    return bytes.clone();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("java.base has SHA-256", e);
    }
  }

  /** Base64 with padding: 44 characters. */
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
