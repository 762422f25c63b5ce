package dev.modgate.traffic;

/** Why a line is without the body that it should have. */
enum LeftOut {
  /** It is larger than bodies may be. */
  TOO_LARGE("too-large"),
  /** It would have had to be held in memory, where waiting lines held as much as they may. */
  NO_ROOM("no-room"),
  /** When the line was sent, it was no longer what had been served, or could not be read. */
  GONE("gone");

  private final String word;

  LeftOut(String word) {
    this.word = word;
  }

  /** As it stands in the line. */
  String word() {
    return word;
  }
}
