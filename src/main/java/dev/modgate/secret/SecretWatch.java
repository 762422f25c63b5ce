package dev.modgate.secret;

/** Looks for live secrets in what comes back from those who were shown them. */
public interface SecretWatch {

  /**
   * True if a live secret of at least twelve characters is in there as a whole, in any of its
   * encodings. A piece of one is not looked for: it may be an ordinary word.
   */
  boolean isRepeatedIn(byte[] bytes);

  /** The words without what is a live secret, a piece of one, or looks like one. */
  String clean(String words);

  /** Looks for nothing. */
  static SecretWatch none() {
    return new SecretWatch() {
      @Override
      public boolean isRepeatedIn(byte[] bytes) {
        return false;
      }

      @Override
      public String clean(String words) {
        return words;
      }
    };
  }
}
