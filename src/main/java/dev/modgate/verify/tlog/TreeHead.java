package dev.modgate.verify.tlog;

import dev.modgate.verify.Parsed;
import java.util.OptionalLong;

/**
 * What the log signs: how many records it has, and the root over them.
 *
 * @param size number of records, 0 ≤ size &lt; 2^62
 * @param root hash of the tree over the first {@code size} records
 */
public record TreeHead(long size, Hash root) {

  /** Sizes are below this, so that every stored hash index fits into a long. */
  public static final long SIZE_BOUND = 1L << 62;

  /** A log without records. */
  public static final TreeHead EMPTY = new TreeHead(0, Hash.OF_EMPTY_TREE);

  /** The most characters of a tree head's text; the reference allows 1,000,000 bytes. */
  static final int MAX_CHARACTERS = 65_536;

  private static final String FIRST_LINE = "go.sum database tree\n";

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the size is not in its range
   */
  public TreeHead {
    if (size < 0 || size >= SIZE_BOUND) {
      throw new IllegalArgumentException("tree size " + size);
    }
  }

  /**
   * Reads {@code go.sum database tree}, the size, the base64 of the root, each ended by a newline.
   * Further lines are ignored: they may belong to a later version of the format, and they prove
   * nothing (CVE-2026-56864).
   *
   * <p>Source: golang.org/x/mod/sumdb/tlog, ParseTree. Stricter: at most 65,536 characters.
   *
   * @param text any text, such as that of a {@link dev.modgate.verify.note.SignedNote}
   * @return the head, or why the text is none
   */
  public static Parsed<TreeHead> parse(String text) {
    if (!text.startsWith(FIRST_LINE) || text.length() > MAX_CHARACTERS) {
      return Parsed.invalid("not the text of a tree head");
    }
    int sizeEnd = text.indexOf('\n', FIRST_LINE.length());
    int rootEnd = text.indexOf('\n', sizeEnd + 1);
    if (sizeEnd < 0 || rootEnd < 0) {
      return Parsed.invalid("the tree head has fewer than three lines");
    }
    OptionalLong size = Decimal.parse(text.substring(FIRST_LINE.length(), sizeEnd), SIZE_BOUND);
    if (size.isEmpty()) {
      return Parsed.invalid("the size in the tree head is not a decimal number below 2^62");
    }
    return Hash.parse(text.substring(sizeEnd + 1, rootEnd))
        .then(root -> Parsed.valid(new TreeHead(size.getAsLong(), root)));
  }

  /** {@return the three lines that are signed (golang.org/x/mod/sumdb/tlog, FormatTree)} */
  public String format() {
    return FIRST_LINE + size + "\n" + root + "\n";
  }
}
