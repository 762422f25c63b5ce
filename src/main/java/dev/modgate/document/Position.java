package dev.modgate.document;

/**
 * A place in a document.
 *
 * @param line from 1
 * @param column in code points, from 1; 0 if the line says enough
 */
record Position(int line, int column) {

  static Position ofLine(int line) {
    return new Position(line, 0);
  }

  @Override
  public String toString() {
    return column > 0 ? "line " + line + ", column " + column : "line " + line;
  }
}
