package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every connection with the same bytes, whatever they are; then hangs up or goes silent.
 */
public final class RawServer implements AutoCloseable {

  private final ServerSocket server;
  private final byte[] answer;
  private final AtomicInteger connections = new AtomicInteger();

  private final boolean silent;
  private final boolean waits;
  private final List<Socket> held = new CopyOnWriteArrayList<>();

  private RawServer(String answer, boolean waits, boolean silent) throws IOException {
    this.waits = waits;
    this.silent = silent;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.answer = answer.getBytes(ISO_8859_1);
  }

  public static RawServer answering(String answer) throws IOException {
    return start(new RawServer(answer, true, false));
  }

  /** Says this much and then nothing, until it is closed. */
  public static RawServer fallingSilentAfter(String answer) throws IOException {
    return start(new RawServer(answer, true, true));
  }

  /** Speaks to everyone who connects without waiting for a request, then says nothing. */
  public static RawServer greeting(String answer) throws IOException {
    return start(new RawServer(answer, false, true));
  }

  private static RawServer start(RawServer raw) {
    Thread.ofVirtual().start(raw::serve);
    return raw;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        held.add(socket);
        if (waits) {
          readHead(socket.getInputStream());
        }
        socket.getOutputStream().write(answer);
        socket.getOutputStream().flush();
        if (!silent) {
          socket.close();
        }
      } catch (IOException e) {
        // The client is gone, or the server is closed: the loop looks.
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int matched = 0;
    String end = "\r\n\r\n";
    while (matched < end.length()) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      matched = next == end.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : held) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
