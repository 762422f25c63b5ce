package dev.modgate.fake;

import dev.modgate.verify.note.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Signs notes with an Ed25519 key that is made from a seed: the same seed, the same key. */
public final class FakeSigner {

  private final String name;
  private final KeyPair pair;
  private final byte[] algorithmAndKey;

  public FakeSigner(String name, long seed) {
    this.name = name;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Seeded(seed));
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.algorithmAndKey = encode((EdECPublicKey) pair.getPublic());
  }

  public String name() {
    return name;
  }

  /** {@code NAME+HASH+BASE64}, as GOSUMDB takes it. */
  public String keyText() {
    return keyText(name, algorithmAndKey);
  }

  public VerifierKey key() {
    return VerifierKey.parse(keyText()).orThrow();
  }

  /** The note of a text (which must end with a newline) with one signature. */
  public byte[] sign(String text) {
    return (text + "\n" + signatureLine(text)).getBytes(StandardCharsets.UTF_8);
  }

  /** {@code — NAME BASE64\n}. */
  public String signatureLine(String text) {
    return line(signature(text));
  }

  /** A line in the name of this key that holds any bytes as the signature. */
  public String line(byte[] signature) {
    byte[] hash = keyHash(name, algorithmAndKey);
    byte[] both = Arrays.copyOf(hash, hash.length + signature.length);
    System.arraycopy(signature, 0, both, hash.length, signature.length);
    return "— " + name + " " + Base64.getEncoder().encodeToString(both) + "\n";
  }

  /** The 64 bytes of the signature. */
  public byte[] signature(String text) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(text.getBytes(StandardCharsets.UTF_8));
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of a key that need not be one: any algorithm byte, any length. */
  public static String keyText(String name, byte[] algorithmAndKey) {
    return name
        + "+"
        + HexFormat.of().formatHex(keyHash(name, algorithmAndKey))
        + "+"
        + Base64.getEncoder().encodeToString(algorithmAndKey);
  }

  private static byte[] keyHash(String name, byte[] algorithmAndKey) {
    try {
      ByteArrayOutputStream hashed = new ByteArrayOutputStream();
      hashed.writeBytes((name + "\n").getBytes(StandardCharsets.UTF_8));
      hashed.writeBytes(algorithmAndKey);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray());
      return Arrays.copyOf(digest, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encode(EdECPublicKey key) {
    byte[] encoded = new byte[33];
    encoded[0] = 1;
    BigInteger y = key.getPoint().getY();
    for (int i = 0; i < 32; i++) {
      encoded[1 + i] = y.shiftRight(8 * i).byteValue();
    }
    if (key.getPoint().isXOdd()) {
      encoded[32] |= (byte) 0x80;
    }
    return encoded;
  }

  /** A source of bytes that are the same for the same seed. */
  private static final class Seeded extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final Random random;

    Seeded(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
