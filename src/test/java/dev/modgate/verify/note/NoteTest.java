package dev.modgate.verify.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeSigner;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.SignedNote.Opened;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class NoteTest {

  private static final String TEXT = "first line\n\nthird line, — with a dash\n";

  private final FakeSigner anna = new FakeSigner("anna.test/log", 1);
  private final FakeSigner otto = new FakeSigner("otto.test", 2);

  @Test
  void open_realNoteOfThePublicDatabase_isVerified() {
    VerifierKey key =
        VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
            .orThrow();
    String text =
        """
        go.sum database tree
        69959272
        L6xGIG9BJ5WLe0paJgb2RVNCdNi6wVyMUVOfn9Oo/8s=
        """;
    String line =
        "— sum.golang.org"
            + " Az3grvPr9qFNGfBH993UqYhBVEqwL36wMKDSKjE/3PtBZWUkfXu1W9Ou9SCCy+ElsdGVH6ak2rZo9lsDhZhlD8TK6AE=\n";
    assertVerified(text, SignedNote.open(bytes(text + "\n" + line), List.of(key)));
    String tampered = text.replace("69959272", "69959273");
    assertInstanceOf(
        Opened.BadSignature.class, SignedNote.open(bytes(tampered + "\n" + line), List.of(key)));
  }

  @Test
  void open_signedByKnownKey_isVerified() {
    Opened opened = open(anna.sign(TEXT));
    assertVerified(TEXT, opened);
    SignedNote note = ((Opened.Verified) opened).note();
    assertEquals("anna.test/log", note.verified().getFirst().name());
    assertEquals(anna.key().hash(), note.verified().getFirst().keyHash());
    assertEquals(List.of(), note.unverified());
  }

  @Test
  void open_signedByUnknownKeyToo_keepsItOnceAsUnverified() {
    String line = otto.signatureLine(TEXT);
    Opened opened = open(TEXT + "\n" + line + anna.signatureLine(TEXT) + line);
    SignedNote note = assertInstanceOf(Opened.Verified.class, opened).note();
    assertEquals(1, note.unverified().size());
    assertEquals("otto.test", note.unverified().getFirst().name());
  }

  @Test
  void open_signedByUnknownKeysOnly_isUnverified() {
    Opened opened = open(otto.sign(TEXT));
    SignedNote note = assertInstanceOf(Opened.Unverified.class, opened).note();
    assertEquals(TEXT, note.text());
    assertEquals(List.of(), note.verified());
    assertEquals(
        List.of("otto.test"), note.unverified().stream().map(NoteSignature::name).toList());
    FakeSigner sameName = new FakeSigner("anna.test/log", 3);
    assertInstanceOf(Opened.Unverified.class, open(sameName.sign(TEXT)));
    assertInstanceOf(Opened.Unverified.class, SignedNote.open(anna.sign(TEXT), List.of()));
  }

  @Test
  void open_badSignatureOfKnownKeyBesideGoodOne_spoilsTheNote() {
    String bad = anna.line(new byte[64]);
    List<VerifierKey> both = List.of(anna.key(), otto.key());
    byte[] note = bytes(TEXT + "\n" + otto.signatureLine(TEXT) + bad);
    assertEquals(
        new Opened.BadSignature("anna.test/log", anna.key().hash()), SignedNote.open(note, both));
    assertVerified(TEXT, SignedNote.open(note, List.of(otto.key())));
  }

  @Test
  void open_secondSignatureOfTheSameKey_isNotLookedAt() {
    String good = anna.signatureLine(TEXT);
    assertVerified(TEXT, open(TEXT + "\n" + good + anna.line(new byte[64])));
    assertInstanceOf(Opened.BadSignature.class, open(TEXT + "\n" + anna.line(new byte[64]) + good));
  }

  @Test
  void open_everyBitOfTheSignatureFlipped_isRefused() {
    byte[] signature = anna.signature(TEXT);
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertInstanceOf(Opened.BadSignature.class, open(TEXT + "\n" + anna.line(flipped)));
    }
  }

  @Test
  void open_signatureOfWrongLength_isABadSignature() {
    byte[] signature = anna.signature(TEXT);
    for (int length : List.of(1, 32, 63, 65, 128)) {
      assertInstanceOf(
          Opened.BadSignature.class,
          open(TEXT + "\n" + anna.line(Arrays.copyOf(signature, length))),
          "length " + length);
    }
    assertVerified(TEXT, open(TEXT + "\n" + anna.line(Arrays.copyOf(signature, 64))));
  }

  @Test
  void open_signatureWithSPlusTheGroupOrder_isABadSignature() {
    // RFC 8032 §5.1.7: S must be below L, else one signature has two forms.
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] signature = anna.signature(TEXT);
    BigInteger s = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      s = s.shiftLeft(8).add(BigInteger.valueOf(signature[i] & 0xff));
    }
    BigInteger malleated = s.add(order);
    for (int i = 0; i < 32; i++) {
      signature[32 + i] = malleated.shiftRight(8 * i).byteValue();
    }
    assertInstanceOf(Opened.BadSignature.class, open(TEXT + "\n" + anna.line(signature)));
  }

  @Test
  void open_hundredSignatures_isTheMost() {
    String line = anna.signatureLine(TEXT);
    assertVerified(TEXT, open(TEXT + "\n" + line.repeat(100)));
    assertMalformed(TEXT + "\n" + line.repeat(101));
    assertMalformed(TEXT + "\n" + otto.signatureLine(TEXT).repeat(1000) + line);
  }

  /** As in Go: the text of a note is at least one newline. */
  @Test
  void open_textOfOneNewline_isVerified() {
    assertVerified("\n", open(anna.sign("\n")));
  }

  @Test
  void open_textWithBlankLines_isSplitAtTheLastOne() {
    String text = "a\n\n" + otto.signatureLine("a\n");
    assertVerified(text, open(text + "\n" + anna.signatureLine(text)));
  }

  @Test
  void open_malformed_isRefused() {
    String line = anna.signatureLine(TEXT);
    assertMalformed("");
    assertMalformed("\n");
    assertMalformed("\n\n");
    assertMalformed(TEXT);
    assertMalformed("text\n\n");
    assertMalformed("text without blank line\n" + line);
    assertMalformed(TEXT + "\n" + line.stripTrailing());
    assertMalformed(TEXT + "\n" + line + "\n");
    assertMalformed(TEXT + "\n" + line.replace("— ", "- "));
    assertMalformed(TEXT + "\n" + line.replace("— ", "—\u00a0"));
    assertMalformed(TEXT + "\n" + "— anna.test/log\n");
    assertMalformed(TEXT + "\n" + "— anna.test/log \n");
    assertMalformed(TEXT + "\n" + "—  " + "AAAAAAAA\n");
    assertMalformed(TEXT + "\n" + "— a+b AAAAAAAA\n");
    assertMalformed(TEXT + "\n" + "— +b AAAAAAAA\n");
    assertMalformed(TEXT + "\n" + "— a\u2003b AAAAAAAA\n");
    assertMalformed(TEXT + "\n" + "— a\u0085b AAAAAAAA\n");
    assertMalformed(TEXT + "\n" + "— name AAAA\n");
    assertMalformed(TEXT + "\n" + "— name AAAAAA==\n");
    assertMalformed(TEXT + "\n" + "— name AAAA*AAA\n");
    assertMalformed(TEXT + "\n" + line + "rubbish\n");
    assertInstanceOf(Opened.Unverified.class, open(TEXT + "\n" + "— name AAAAAAA=\n"));
  }

  @Test
  void open_base64WithoutItsPadding_isRefused() {
    // 4 + 64 bytes end in "=": Go refuses the text without it.
    String line = anna.signatureLine(TEXT);
    assertTrue(line.endsWith("=\n"));
    assertMalformed(TEXT + "\n" + line.replace("=\n", "\n"));
  }

  @Test
  void open_controlCharactersOrBadUtf8_isRefused() {
    for (String bad : List.of("\r", "\t", "\0", "\u001f")) {
      assertMalformed(new String(anna.sign("a" + bad + "b\n"), StandardCharsets.UTF_8));
    }
    String crlf = new String(anna.sign(TEXT), StandardCharsets.UTF_8).replace("\n", "\r\n");
    assertMalformed(crlf);
    assertVerified("\u007f\ufffd\u0085\n", open(anna.sign("\u007f\ufffd\u0085\n")));
    byte[] note = anna.sign("aXb\n");
    note[1] = (byte) 0xff;
    assertInstanceOf(Opened.Malformed.class, open(note));
    byte[] surrogate = anna.sign("aXYZb\n");
    surrogate[1] = (byte) 0xed;
    surrogate[2] = (byte) 0xa0;
    surrogate[3] = (byte) 0x80;
    assertInstanceOf(Opened.Malformed.class, open(surrogate));
  }

  @Test
  void open_oneKeyKnownTwice_isRefusedIfUsed() {
    List<VerifierKey> twice = List.of(anna.key(), otto.key(), anna.key());
    String label = anna.keyText().substring(0, anna.keyText().indexOf('+') + 9);
    assertEquals(
        new Opened.Malformed("more than one known key is called " + label),
        SignedNote.open(anna.sign(TEXT), twice));
    assertVerified(TEXT, SignedNote.open(otto.sign(TEXT), twice));
  }

  @Test
  void parseKey_anyPartOfAKey_isRefused() {
    String key = anna.keyText();
    assertEquals(key, VerifierKey.parse(key).orThrow().toString());
    for (int from = 0; from <= key.length(); from++) {
      for (int to = from; to <= key.length(); to++) {
        if (from != 0 || to != key.length()) {
          assertFalse(VerifierKey.parse(key.substring(from, to)).isValid());
        }
      }
    }
    for (int i = 0; i < key.length(); i++) {
      String changed = key.substring(0, i) + (char) (key.charAt(i) + 1) + key.substring(i + 1);
      assertFalse(VerifierKey.parse(changed).isValid(), changed);
    }
  }

  /** The White_Space of the JDK is the list that Go has. */
  @Test
  void isValidName_everyCharacter_isAllowedUnlessSpaceOrPlus() {
    Pattern space = Pattern.compile("\\p{IsWhite_Space}");
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String character = Character.toString(c);
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      boolean allowed = c != '+' && !surrogate && !space.matcher(character).matches();
      assertEquals(allowed, VerifierKey.isValidName(character), () -> "U+" + character);
      assertEquals(allowed, VerifierKey.isValidName("a" + character + "b"));
    }
  }

  @Test
  void parseKey_nameThatIsNoUnicode_isRefused() {
    byte[] key = PaddedBase64.decode(anna.keyText().split("\\+", 3)[2]).orElseThrow();
    assertFalse(VerifierKey.parse(FakeSigner.keyText("a\ud800b", key)).isValid());
    assertTrue(VerifierKey.parse(FakeSigner.keyText("a\ud800\udc00b", key)).isValid());
  }

  @Test
  void equals_ofTwoKeys_holdsOnlyForTheSameText() {
    assertNotEquals(anna.key(), otto.key());
    assertNotEquals(anna.key(), new FakeSigner("anna.test/log", 3).key());
    assertEquals(anna.key(), VerifierKey.parse(anna.keyText()).orThrow());
    assertEquals(anna.key().hashCode(), VerifierKey.parse(anna.keyText()).orThrow().hashCode());
  }

  @Test
  void parseKey_hashInUpperCase_isTheSameKey() {
    String[] parts = anna.keyText().split("\\+", 3);
    String upper = parts[0] + "+" + parts[1].toUpperCase(java.util.Locale.ROOT) + "+" + parts[2];
    assertEquals(anna.key(), VerifierKey.parse(upper).orThrow());
  }

  @Test
  void parseKey_otherAlgorithmLengthOrName_isRefused() {
    byte[] key = PaddedBase64.decode(anna.keyText().split("\\+", 3)[2]).orElseThrow();
    assertTrue(VerifierKey.parse(FakeSigner.keyText("name", key)).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("na me", key)).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("na\u00a0me", key)).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("", key)).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("name", Arrays.copyOf(key, 32))).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("name", Arrays.copyOf(key, 34))).isValid());
    assertFalse(VerifierKey.parse(FakeSigner.keyText("name", new byte[0])).isValid());
    byte[] otherAlgorithm = key.clone();
    for (int algorithm : List.of(0, 2, 128, 255)) {
      otherAlgorithm[0] = (byte) algorithm;
      assertEquals(
          Parsed.invalid("unknown algorithm of verifier key: " + algorithm),
          VerifierKey.parse(FakeSigner.keyText("name", otherAlgorithm)));
    }
  }

  @Test
  void parseKey_noPointOfTheCurve_isRefused() {
    byte[] notCanonical = new byte[33];
    Arrays.fill(notCanonical, (byte) 0xff);
    notCanonical[0] = 1;
    assertFalse(VerifierKey.parse(FakeSigner.keyText("name", notCanonical)).isValid());
    int refused = 0;
    for (int y = 2; y < 40; y++) {
      byte[] key = new byte[33];
      key[0] = 1;
      key[1] = (byte) y;
      if (!VerifierKey.parse(FakeSigner.keyText("name", key)).isValid()) {
        refused++;
      }
    }
    assertTrue(refused > 5, "about every other y is no point");
  }

  private Opened open(String note) {
    return open(bytes(note));
  }

  private Opened open(byte[] note) {
    return SignedNote.open(note, List.of(anna.key()));
  }

  private void assertMalformed(String note) {
    assertInstanceOf(Opened.Malformed.class, open(note), note);
  }

  private static void assertVerified(String text, Opened opened) {
    assertEquals(text, assertInstanceOf(Opened.Verified.class, opened).note().text());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
