package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.FakeSigner;
import dev.modgate.oracle.Question;
import dev.modgate.verify.note.NoteSignature;
import dev.modgate.verify.note.SignedNote;
import dev.modgate.verify.note.SignedNote.Opened;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing passes for signed that its signer did not sign, with the very bytes that it signed. */
final class SignedNoteFuzzTest {

  private static final FakeSigner FIRST = new FakeSigner("first.test", 1);
  private static final FakeSigner SECOND = new FakeSigner("second.test", 2);
  private static final FakeSigner STRANGER = new FakeSigner("stranger.test", 3);
  private static final List<String> SIGNED = List.of("go.sum database tree\n1\n", "a\n\nb\n", "\n");

  static Stream<byte[]> seeds() {
    return SIGNED.stream()
        .flatMap(text -> {
          String first = text + "\n" + FIRST.signatureLine(text);
          return Stream.of(
              first,
              first + SECOND.signatureLine(text),
              first + first.substring(text.length() + 1) + STRANGER.signatureLine(text),
              text + "\n" + STRANGER.signatureLine(text),
              text + "\n" + FIRST.signatureLine("other\n"),
              text + "\n" + FIRST.line(new byte[64]));
        })
        .map(note -> note.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void note(byte[] input) {
    check(input, message -> SignedNote.open(message, List.of(FIRST.key(), SECOND.key())));
  }

  /** The same, to be put to Go. */
  static Question question(byte[] input) {
    return new Question(
        "opennote",
        List.of(input, FIRST.keyText().getBytes(UTF_8), SECOND.keyText().getBytes(UTF_8)));
  }

  @Test
  void textThatNobodySigned_takenByABrokenReader_isFound() {
    byte[] forged = ("forged\n\n" + FIRST.signatureLine("\n")).getBytes(UTF_8);
    assertThrows(AssertionError.class, () -> check(forged, SignedNoteFuzzTest::withoutLooking));
  }

  @Test
  void signatureThatIsNot64Bytes_takenByABrokenReader_isFound() {
    byte[] forged = ("\n\n" + FIRST.line(new byte[1])).getBytes(UTF_8);
    assertThrows(AssertionError.class, () -> check(forged, SignedNoteFuzzTest::withoutLooking));
  }

  /** Takes the signer's name for the signature. */
  private static Opened withoutLooking(byte[] message) {
    return SignedNote.open(message, List.of()) instanceof Opened.Unverified(SignedNote note)
        ? new Opened.Verified(new SignedNote(note.text(), note.unverified(), List.of()))
        : new Opened.Malformed("no note");
  }

  private static void check(byte[] input, Function<byte[], Opened> reader) {
    switch (reader.apply(input)) {
      case Opened.Verified(SignedNote note) -> {
        assertTrue(SIGNED.contains(note.text()), () -> "nobody signed: " + note.text());
        assertFalse(note.verified().isEmpty());
        assertTrue(new String(input, UTF_8).startsWith(note.text() + "\n— "));
        note.verified().forEach(signature -> checkSignature(signature, note.text()));
      }
      case Opened.Unverified(SignedNote note) -> assertTrue(note.verified().isEmpty());
      case Opened.BadSignature(String name, int _) ->
          assertTrue(List.of(FIRST.name(), SECOND.name()).contains(name));
      case Opened.Malformed(String reason) -> Reasons.check(reason);
    }
  }

  /** Ed25519 is deterministic, and no other bytes may pass for the same signature. */
  private static void checkSignature(NoteSignature signature, String text) {
    FakeSigner signer = signature.name().equals(FIRST.name()) ? FIRST : SECOND;
    byte[] line = Base64.getDecoder().decode(signature.base64());
    byte[] made = new byte[line.length - 4];
    System.arraycopy(line, 4, made, 0, made.length);
    assertArrayEquals(signer.signature(text), made);
  }
}
