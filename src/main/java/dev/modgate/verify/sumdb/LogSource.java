package dev.modgate.verify.sumdb;

import java.io.IOException;

/**
 * One place that a checksum database can be read from: its own URL, or a mirror's relay of it. What
 * it answers is not trusted.
 */
public interface LogSource {

  /** The most bytes an answer may have; a source may stop reading there. Tiles have 8,192. */
  int MAX_BYTES = 65_536;

  /** {@return a short printable name for messages, different from that of any other source} */
  String name();

  /**
   * The answer to a GET request. Called on a thread that may block, from many threads at once.
   *
   * @param path below the database's URL, such as {@code /latest}, {@code
   *     /lookup/example.com/!upper@v1.0.0} or {@code /tile/8/0/x001/234.p/56}; never with a query
   * @return what was answered; nothing is thrown
   * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod#checksum-database</a>
   */
  Answer get(String path);

  /** A request that may fail as files and sockets do. */
  @FunctionalInterface
  interface Request {

    /**
     * The answer to a GET request.
     *
     * @param path as in {@link LogSource#get}
     * @return what was answered, whatever the status
     * @throws IOException if there was no whole answer
     */
    Answer get(String path) throws IOException;
  }

  /**
   * A source that asks by a function.
   *
   * @param name as in {@link #name}
   * @param request called as {@link #get} is; what it throws becomes {@link Answer.Failed}, so the
   *     exception's text must not hold a secret
   * @return the source
   */
  static LogSource of(String name, Request request) {
    return new LogSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Answer get(String path) {
        try {
          return request.get(path);
        } catch (IOException e) {
          return new Answer.Failed(e.toString());
        }
      }
    };
  }

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
     * @param status 404 or 410
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
