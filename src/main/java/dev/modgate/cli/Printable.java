package dev.modgate.cli;

/** Text for a terminal. */
final class Printable {

  private Printable() {}

  /** On one line: a question mark for every control, format and separator character. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(c ->
            printable.appendCodePoint(
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      '?';
                  default -> c;
                }));
    return printable.toString();
  }
}
