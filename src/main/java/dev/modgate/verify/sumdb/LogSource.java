package dev.modgate.verify.sumdb;

/**
 * One place that a checksum database can be read from: its own URL, or a mirror's relay of it. What
 * it answers is not trusted.
 */
public interface LogSource {

  /** The most bytes an answer may have; a source may stop reading there. Tiles have 8,192. */
  int MAX_BYTES = 65_536;

  /** A short printable name for messages, different from that of any other source. */
  String name();

  /**
   * The answer to a GET request. Called on a thread that may block, from many threads at once.
   *
   * @param path below the database's URL, such as {@code /latest}, {@code
   *     /lookup/example.com/!upper@v1.0.0} or {@code /tile/8/0/x001/234.p/56}; never with a query
   */
  Answer get(String path);

  /** What became of a request. */
  sealed interface Answer {

    /**
     * Status 200.
     *
     * @param bytes the whole body; the caller must not change them afterwards
     */
    // The array is handed over and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes) implements Answer {}

    /**
     * The source says that there is no such thing: status 404 or 410.
     *
     * @param text the body, printable, as much of it as may be shown to a client
     */
    record Missing(int status, String text) implements Answer {}

    /**
     * Anything else: no connection, a time-out, another status, a body that was cut off.
     *
     * @param reason one printable sentence without any secret
     */
    record Failed(String reason) implements Answer {}
  }
}
