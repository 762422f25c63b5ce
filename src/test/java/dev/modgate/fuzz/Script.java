package dev.modgate.fuzz;

/** Reads a fuzz input as a list of small choices; behind its end all choices are 0. */
final class Script {

  private final byte[] bytes;
  private int at;

  Script(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isAtEnd() {
    return at >= bytes.length;
  }

  /** 0 to 255. */
  int next() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /**
   * A choice of several.
   *
   * @param bound 1 to 65,536
   * @return 0 to bound - 1
   */
  int below(int bound) {
    return (bound > 256 ? next() << 8 | next() : next()) % bound;
  }
}
