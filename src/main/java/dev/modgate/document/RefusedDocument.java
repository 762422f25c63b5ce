package dev.modgate.document;

/** Leaves the recursion of {@link TreeReader}; {@link DocumentReader} turns it into a value. */
final class RefusedDocument extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  RefusedDocument(Position position, String what) {
    super(what, null, false, false);
    this.reason = position + ": " + what;
  }

  String reason() {
    return reason;
  }
}
