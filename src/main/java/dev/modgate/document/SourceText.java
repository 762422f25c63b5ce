package dev.modgate.document;

import dev.modgate.verify.Parsed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a document of at most {@link DocumentReader#MAX_BYTES} bytes. */
final class SourceText {

  private final String text;
  private final int[] codePoints;

  private SourceText(String text) {
    this.text = text;
    this.codePoints = text.codePoints().toArray();
  }

  String text() {
    return text;
  }

  /** The code point at an index counted in code points; 0 at the end. */
  int codePointAt(long index) {
    return index >= 0 && index < codePoints.length ? codePoints[(int) index] : 0;
  }

  /** Strict UTF-8 (RFC 3629 §3) without a byte order mark (RFC 8259 §8.1). */
  static Parsed<SourceText> decode(byte[] document) {
    if (document.length > DocumentReader.MAX_BYTES) {
      return Parsed.invalid(
          "line 1: the document is larger than %d bytes".formatted(DocumentReader.MAX_BYTES));
    }
    ByteBuffer in = ByteBuffer.wrap(document);
    CharBuffer out = CharBuffer.allocate(document.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      return Parsed.invalid(
          "line %d: a byte that is not UTF-8".formatted(lineOf(document, in.position())));
    }
    String text = out.flip().toString();
    return text.startsWith("\ufeff")
        ? Parsed.invalid("line 1: a byte order mark; save the document without one")
        : Parsed.valid(new SourceText(text));
  }

  private static int lineOf(byte[] document, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (document[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  /** YAML 1.2 §5.1 c-printable. */
  Parsed<SourceText> withoutControlCharacters() {
    int line = 1;
    for (int c : codePoints) {
      if (c == '\n') {
        line++;
      }
      if (!isPrintable(c)) {
        return Parsed.invalid("line %d: the control character U+%04X".formatted(line, c));
      }
    }
    return Parsed.valid(this);
  }

  private static boolean isPrintable(int c) {
    return (c >= 0x20 && c <= 0x7e)
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || c == 0x85
        || (c >= 0xa0 && c != 0xfffe && c != 0xffff);
  }
}
