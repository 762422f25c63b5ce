package dev.modgate.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A connection that there is no room for. Whatever it asks is answered 503, without being read as
 * HTTP. It waits for the request, because a client may take an answer to nothing for a fault; and
 * it stays for a second however soon the client is gone, so that not more than so many are turned
 * away in a second and those who have a place don't pay for it.
 */
final class TurnedAway implements ChannelListener<ConduitStreamSourceChannel> {

  private static final Duration STAY = Duration.ofSeconds(1);

  private static final String BODY = "modgate has too many connections at once\n";

  private static final byte[] HEAD =
      ("HTTP/1.1 503 Service Unavailable\r\n"
              + "Connection: close\r\n"
              + "Retry-After: 1\r\n"
              + "Cache-Control: no-store\r\n"
              + "Content-Type: text/plain; charset=utf-8\r\n"
              + ("Content-Length: " + BODY.length() + "\r\n\r\n"))
          .getBytes(US_ASCII);

  private final StreamConnection connection;

  private TurnedAway(StreamConnection connection) {
    this.connection = connection;
  }

  /**
   * On the connection's I/O thread.
   *
   * @param closing runs the close; see {@link HangUp}
   */
  static void begin(StreamConnection connection, Executor closing) {
    ConduitStreamSourceChannel source = connection.getSourceChannel();
    source.setReadListener(new TurnedAway(connection));
    source.resumeReads();
    var _ =
        connection
            .getIoThread()
            .executeAfter(
                () -> closing.execute(() -> IoUtils.safeClose(connection)),
                STAY.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /**
   * Reads once. Whoever has hung up is not noticed after that: the connection would end before its
   * second is over.
   */
  @Override
  public void handleEvent(ConduitStreamSourceChannel source) {
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    try {
      if (source.read(bytes) > 0) {
        answer(bytes.get(0) == 'H');
      }
    } catch (IOException e) {
      // The client is gone.
    }
    source.suspendReads();
  }

  /** So short that a new connection always takes the whole of it. */
  private void answer(boolean isHead) throws IOException {
    ConduitStreamSinkChannel sink = connection.getSinkChannel();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD.length + BODY.length()).put(HEAD);
    sink.write((isHead ? bytes : bytes.put(BODY.getBytes(US_ASCII))).flip());
    sink.shutdownWrites();
    sink.flush();
  }
}
