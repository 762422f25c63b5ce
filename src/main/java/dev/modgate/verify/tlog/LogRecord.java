package dev.modgate.verify.tlog;

import dev.modgate.verify.Parsed;
import dev.modgate.verify.note.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record of the log.
 *
 * @param id its number, 0 ≤ id &lt; 2^62
 * @param text its content, which is what is hashed: plain text that ends with a newline and has no
 *     blank line
 */
public record LogRecord(long id, String text) {

  /**
   * A record and what stood behind it.
   *
   * @param record the record
   * @param rest in the answer to a lookup, the signed note of a tree head
   */
  public record Split(LogRecord record, String rest) {}

  /**
   * Reads the number line, the content, and the blank line that ends it.
   *
   * <p>Source: golang.org/x/mod/sumdb/tlog, ParseRecord. Stricter: the number has no sign and no
   * leading zero, the content does not begin with a blank line, and the rest is plain text as well.
   *
   * @param message any bytes
   * @return the record and what stands behind it, or why there is none; nothing is proven yet
   */
  public static Parsed<Split> parse(byte[] message) {
    Optional<String> decoded = PlainText.decode(message);
    if (decoded.isEmpty()) {
      return Parsed.invalid("the record is not plain UTF-8 text");
    }
    String all = decoded.get();
    int idEnd = all.indexOf('\n');
    int textEnd = all.indexOf("\n\n", idEnd + 1);
    if (idEnd < 0 || textEnd < 0) {
      return Parsed.invalid("the record does not end with a blank line");
    }
    if (all.charAt(idEnd + 1) == '\n') {
      return Parsed.invalid("the record begins with a blank line");
    }
    OptionalLong id = Decimal.parse(all.substring(0, idEnd), TreeHead.SIZE_BOUND);
    if (id.isEmpty()) {
      return Parsed.invalid("the number of the record is not a decimal number below 2^62");
    }
    String text = all.substring(idEnd + 1, textEnd + 1);
    return Parsed.valid(new Split(new LogRecord(id.getAsLong(), text), all.substring(textEnd + 2)));
  }

  /** {@return the hash of the content, which is the leaf {@code id} of the tree} */
  public Hash hash() {
    return Hash.ofRecord(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return the number line, the content, and a blank line (golang.org/x/mod/sumdb/tlog,
   * FormatRecord)}
   */
  public String format() {
    return id + "\n" + text + "\n";
  }
}
