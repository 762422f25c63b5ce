package dev.modgate.edge;

import io.undertow.server.HttpServerExchange;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a whole file from the disk to the socket, on the I/O thread and a piece at a time, so that
 * other clients of the thread wait for one piece at most. If the file can't be read any more, or
 * the client is gone, or takes it too slowly ({@link Pace}), the connection ends: what was sent is
 * a truncated answer, and looks like one.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {

  /** Bytes of the first piece, which goes out together with the headers. */
  private static final int FIRST = 16 * 1024;

  /** Bytes of any other piece. */
  private static final int PIECE = 1024 * 1024;

  private final HttpServerExchange exchange;
  private final FileChannel file;
  private final long size;
  private final ByteBuffer first;
  private final Pace pace = new Pace(System::nanoTime);

  /** Bytes that are sent, or wait in {@link #first}. */
  private long position;

  /**
   * @param file of its own: nobody else reads from it; the caller closes it
   * @param size bytes, as the headers say
   */
  FileSender(HttpServerExchange exchange, FileChannel file, long size) {
    this.exchange = exchange;
    this.file = file;
    this.size = size;
    this.first = ByteBuffer.allocate(Math.toIntExact(Math.min(FIRST, size)));
  }

  /** Begins; it ends the exchange when all is sent. */
  void send() {
    StreamSinkChannel out = exchange.getResponseChannel();
    out.getWriteSetter().set(this);
    try {
      readFirst();
    } catch (IOException e) {
      cut();
      return;
    }
    handleEvent(out);
  }

  @Override
  public void handleEvent(StreamSinkChannel out) {
    try {
      if (!sendPiece(out)) {
        out.resumeWrites();
        return;
      }
    } catch (SocketTimeoutException e) {
      cutOff();
      return;
    } catch (IOException | RuntimeException e) {
      cut();
      return;
    }
    exchange.endExchange();
  }

  /** True when nothing is left. The first piece is followed by another at once. */
  private boolean sendPiece(StreamSinkChannel out) throws IOException {
    if (first.hasRemaining()) {
      out.write(first);
      if (first.hasRemaining() || position == size) {
        return !first.hasRemaining();
      }
    }
    long sent = out.transferFrom(file, position, Math.min(PIECE, size - position));
    if (sent == 0 && file.size() <= position) {
      throw new EOFException("shorter than it was");
    }
    position += sent;
    if (position < size && pace.isTooSlow(position)) {
      throw new SocketTimeoutException("taken too slowly");
    }
    return position == size;
  }

  private void readFirst() throws IOException {
    while (first.hasRemaining()) {
      int read = file.read(first, position);
      if (read < 0) {
        throw new EOFException("shorter than it was");
      }
      position += read;
    }
    first.flip();
  }

  private void cut() {
    IoUtils.safeClose(exchange.getConnection());
    exchange.endExchange();
  }

  /** By a reset: what the system holds for somebody who does not take it is let go at once, too. */
  private void cutOff() {
    try {
      exchange.getConnection().setOption(Options.CLOSE_ABORT, true);
    } catch (IOException e) {
      // It is gone already.
    }
    cut();
  }
}
