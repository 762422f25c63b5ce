package dev.modgate.fake;

/** What a {@link FaultyMirror} does to every request, those to the checksum database included. */
public enum Fault {
  NONE("answers as it should"),
  REFUSE("refuses connections"),
  NEVER_ACCEPT("a full queue: connections are never accepted"),
  BLACK_HOLE("accepts and never answers"),
  RESET("resets the connection once it is asked"),
  ERROR("answers 500"),
  TOO_MANY("answers 429"),
  TOO_MANY_LATER("answers 429 with Retry-After: 1"),
  SLOW_HEADERS("sends a byte of the head a second"),
  TRICKLE("sends 10 bytes of the body a second"),
  TRUNCATION("sends half of the body and hangs up"),
  TRUNCATION_OF_LARGE("the same, with bodies of 1 MiB and more alone"),
  LIE("delivers changed files and changed log records");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** What it is, for a person. */
  public String words() {
    return words;
  }
}
