package dev.modgate.verify.note;

import dev.modgate.verify.Parsed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key that signs notes, in its text form {@code NAME+HASH+BASE64}: HASH is eight hex
 * digits, BASE64 is the algorithm byte (1, Ed25519) and the 32 bytes of the key.
 *
 * <p>Source: golang.org/x/mod/sumdb/note, NewVerifier. A key that is no point of the curve is
 * refused here already; there it only fails when it is used.
 */
public final class VerifierKey {

  /** Ed25519 (RFC 8032), the only algorithm. */
  static final byte ED25519 = 1;

  /** Bytes of an Ed25519 public key. */
  static final int KEY_BYTES = 32;

  /** Bytes of an Ed25519 signature. */
  static final int SIGNATURE_BYTES = 64;

  private final String name;
  private final int hash;
  private final String text;
  private final PublicKey key;

  private VerifierKey(String name, int hash, String text, PublicKey key) {
    this.name = name;
    this.hash = hash;
    this.text = text;
    this.key = key;
  }

  /**
   * Reads {@code NAME+HASH+BASE64}; the base64 may hold further plus signs.
   *
   * @param text any text
   * @return the key, or why the text is none
   */
  public static Parsed<VerifierKey> parse(String text) {
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (second < 0) {
      return Parsed.invalid("a verifier key is NAME+HASH+BASE64");
    }
    String name = text.substring(0, first);
    String hash = text.substring(first + 1, second);
    Optional<byte[]> encoded = PaddedBase64.decode(text.substring(second + 1));
    if (!isValidName(name) || !isKeyHash(hash) || encoded.isEmpty() || encoded.get().length == 0) {
      return Parsed.invalid("malformed verifier key (NAME+8 hex digits+BASE64)");
    }
    byte[] algorithmAndKey = encoded.get();
    if (HexFormat.fromHexDigits(hash) != keyHash(name, algorithmAndKey)) {
      return Parsed.invalid("the hash in the verifier key is not the hash of its name and key");
    }
    if (algorithmAndKey[0] != ED25519) {
      return Parsed.invalid("unknown algorithm of verifier key: " + (algorithmAndKey[0] & 0xff));
    }
    return ofEd25519(name, algorithmAndKey);
  }

  private static Parsed<VerifierKey> ofEd25519(String name, byte[] algorithmAndKey) {
    if (algorithmAndKey.length != 1 + KEY_BYTES) {
      return Parsed.invalid("an Ed25519 verifier key has 32 bytes");
    }
    int hash = keyHash(name, algorithmAndKey);
    String text =
        name
            + "+"
            + HexFormat.of().toHexDigits(hash)
            + "+"
            + Base64.getEncoder().encodeToString(algorithmAndKey);
    try {
      PublicKey key = publicKey(algorithmAndKey);
      Signature.getInstance("Ed25519").initVerify(key);
      return Parsed.valid(new VerifierKey(name, hash, text, key));
    } catch (GeneralSecurityException e) {
      return Parsed.invalid("the verifier key is not a point of Ed25519");
    }
  }

  /** RFC 8032 §5.1.2: y as 255 bits little endian, above it the lowest bit of x. */
  private static PublicKey publicKey(byte[] algorithmAndKey) throws GeneralSecurityException {
    byte[] bigEndian = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      bigEndian[i] = algorithmAndKey[KEY_BYTES - i];
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  /**
   * {@return the name of who signs, such as {@code sum.golang.org}; no space and no plus sign in
   * it}
   */
  public String name() {
    return name;
  }

  /** {@return the first four bytes of SHA-256(name, newline, algorithm, key), big endian} */
  public int hash() {
    return hash;
  }

  /**
   * True if this key made the signature over exactly these bytes. False for every fault of the
   * signature: a length other than 64, S not below the group order, R no point of the curve.
   */
  boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("java.base has Ed25519", e);
    }
  }

  /** A name is not empty and has neither a Unicode space nor a plus sign. */
  static boolean isValidName(String name) {
    return !name.isEmpty()
        && name.indexOf('+') < 0
        && name.codePoints()
            .noneMatch(c ->
                PlainText.isSpace(c)
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  /** Exactly eight hex digits of either case. */
  private static boolean isKeyHash(String text) {
    return text.length() == 8 && text.chars().allMatch(HexFormat::isHexDigit);
  }

  private static int keyHash(String name, byte[] algorithmAndKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(name.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) '\n');
      sha256.update(algorithmAndKey);
      return ByteBuffer.wrap(sha256.digest()).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("java.base has SHA-256", e);
    }
  }

  /** The text form, its hash in lower case. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
