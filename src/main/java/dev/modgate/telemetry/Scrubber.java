package dev.modgate.telemetry;

/**
 * Takes credentials out of text: the secrets that this process knows ({@link KnownSecrets}) and
 * what looks like one ({@link CredentialShapes}), both also behind percent-encoding and JSON
 * escapes. Linear in the length of the text; no regular expressions.
 */
final class Scrubber {

  /** Longer text (in characters) is replaced as a whole, so that no cut can halve a token. */
  static final int MAX_LENGTH = 8 * 1024;

  private final KnownSecrets secrets;
  private final ModuleNames names;
  private final Runnable replaced;
  private final CleanTexts.Current clean = new CleanTexts.Current();

  Scrubber(KnownSecrets secrets) {
    this(secrets, ModuleNames.shown(), () -> {});
  }

  /**
   * @param names of modules in the log
   * @param replaced is told of each text in which something was replaced
   */
  Scrubber(KnownSecrets secrets, ModuleNames names, Runnable replaced) {
    this.names = names;
    this.secrets = secrets;
    this.replaced = replaced;
  }

  /**
   * The text with {@value Cuts#PLACEHOLDER} for each credential: the same object if there is none.
   * A credential that shows only after decoding takes the whole text with it.
   */
  String scrub(String text) {
    if (text.length() > MAX_LENGTH) {
      replaced.run();
      return "[REDACTED: " + text.length() + " characters]";
    }
    CleanTexts known = clean.of(generation());
    if (known.contains(text)) {
      return text;
    }
    if (hidesCredential(text)) {
      replaced.run();
      return Cuts.PLACEHOLDER;
    }
    Cuts cuts = find(text);
    if (cuts.isEmpty()) {
      known.add(text);
      return text;
    }
    replaced.run();
    return cuts.apply(text);
  }

  /** As above, of what is said to people: names of modules that are private are others there. */
  String scrubWords(String words) {
    return names.in(scrub(words));
  }

  /** What leaves of the path of a module. */
  ModuleNames names() {
    return names;
  }

  /** Changes whenever the answers may have changed, because a secret came or went. */
  long generation() {
    return secrets.generation();
  }

  private Cuts find(String text) {
    Cuts cuts = new Cuts();
    secrets.find(text, cuts);
    CredentialShapes.find(text, cuts);
    return cuts;
  }

  private boolean hidesCredential(String text) {
    String decoded = text;
    for (int i = 0; i < Decoding.MOST; i++) {
      String once = Decoding.once(decoded);
      if (once.equals(decoded)) {
        return false;
      }
      decoded = once;
      if (!find(decoded).isEmpty()) {
        return true;
      }
    }
    // Still encoded: nobody needs that.
    return !Decoding.once(decoded).equals(decoded);
  }
}
