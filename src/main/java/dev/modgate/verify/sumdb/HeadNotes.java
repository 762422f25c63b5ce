package dev.modgate.verify.sumdb;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.PlainText;
import dev.modgate.verify.note.SignedNote;
import dev.modgate.verify.note.VerifierKey;
import dev.modgate.verify.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads the signed notes of a database's tree heads. Notes that are byte for byte those whose
 * signature was just checked are not checked again: in a build, most lookups come with the same
 * few.
 */
final class HeadNotes {

  /** How many notes are remembered; each has at most {@link LogSource#MAX_BYTES}. */
  private static final int REMEMBERED = 128;

  private final VerifierKey key;
  private final Recent<String, SignedHead> verified = new Recent<>(REMEMBERED);

  HeadNotes(VerifierKey key) {
    this.key = key;
  }

  /** The head, if the database's key has signed it. */
  Parsed<SignedHead> open(byte[] note) {
    Optional<String> text = PlainText.decode(note);
    return text.isEmpty()
        ? Parsed.invalid("the tree head is not plain UTF-8 text")
        : open(text.get());
  }

  /** The head, if the database's key has signed it. */
  Parsed<SignedHead> open(String note) {
    return verified.get(note).map(Parsed::valid).orElseGet(() -> verify(note));
  }

  private Parsed<SignedHead> verify(String note) {
    return verifiedText(note)
        .then(TreeHead::parse)
        .then(head -> {
          SignedHead signed = new SignedHead(head, note);
          verified.put(note, signed, (present, added) -> added);
          return Parsed.valid(signed);
        });
  }

  private Parsed<String> verifiedText(String note) {
    return switch (SignedNote.open(note.getBytes(StandardCharsets.UTF_8), List.of(key))) {
      case SignedNote.Opened.Verified(SignedNote opened) -> Parsed.valid(opened.text());
      case SignedNote.Opened.Unverified unverified ->
          Parsed.invalid("the tree head is not signed by " + key.name());
      case SignedNote.Opened.BadSignature(String name, int keyHash) ->
          Parsed.invalid("the signature of " + name + " on the tree head is bad");
      case SignedNote.Opened.Malformed(String reason) -> Parsed.invalid(reason);
    };
  }
}
