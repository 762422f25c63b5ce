package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mirror on a port of the loopback address that has one {@link Fault} at a time. Without any it
 * serves a {@link Shelf} over HTTP/1.1, with connections that stay and parts of files.
 */
public final class FaultyMirror implements AutoCloseable {

  private static final Pattern REQUEST = Pattern.compile("GET (\\S+) HTTP/1\\.1\r\n");
  private static final Pattern RANGE = Pattern.compile("(?i)\r\nRange: bytes=(\\d+)-\r\n");
  private static final int LARGE = 1 << 20;

  private static final int BACKLOG = 512;

  /** Connections that a queue of length one takes are fewer. */
  private static final int QUEUE = 16;

  /** How long a port may stay in use after it was closed: its last user has to wake up first. */
  private static final Duration LINGERING = Duration.ofSeconds(20);

  private final Shelf shelf;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<Socket> queued = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private volatile ServerSocket server;
  private volatile Fault fault = Fault.NONE;
  private volatile Duration delay = Duration.ZERO;
  private volatile Optional<String> silentAbout = Optional.empty();
  private final AtomicInteger silences = new AtomicInteger();

  public FaultyMirror(Shelf shelf) throws IOException {
    this.shelf = shelf;
    this.server = listen(0, BACKLOG);
    this.port = server.getLocalPort();
    start(server);
  }

  /** How long it thinks before an answer that is well. */
  public void answersAfter(Duration time) {
    delay = time;
  }

  /** Has this fault from now on. Connections that stand are reset. */
  public synchronized void has(Fault next) throws IOException, InterruptedException {
    boolean stays = accepts(fault) && accepts(next);
    fault = next;
    if (!stays) {
      server.close();
    }
    reset();
    if (next == Fault.NEVER_ACCEPT) {
      server = listenAgain(1);
      fillQueue();
    } else if (accepts(next) && !stays) {
      server = listenAgain(BACKLOG);
      start(server);
    }
  }

  private static boolean accepts(Fault fault) {
    return fault != Fault.REFUSE && fault != Fault.NEVER_ACCEPT;
  }

  /** Goes silent without a word: connections stand, and nothing is answered any more. */
  public void freeze() {
    fault = Fault.BLACK_HOLE;
  }

  /** Never answers what begins with this any more. */
  public void isSilentAbout(String path) {
    silentAbout = Optional.of(path);
  }

  /** Requests that it was silent about. */
  public int silences() {
    return silences.get();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Requests that arrived, health probes aside. */
  public int asked() {
    return asked.get();
  }

  /** Health probes that arrived. */
  public int probes() {
    return probes.get();
  }

  /** Requests for the rest of a file. */
  public int resumed() {
    return resumed.get();
  }

  private static ServerSocket listen(int port, int queue) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), queue);
    return listening;
  }

  private ServerSocket listenAgain(int queue) throws IOException, InterruptedException {
    long end = System.nanoTime() + LINGERING.toNanos();
    while (true) {
      try {
        return listen(port, queue);
      } catch (BindException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(1);
      }
    }
  }

  /** Takes all the room that the system has for connections that nobody accepts. */
  private void fillQueue() throws IOException {
    for (int i = 0; i < QUEUE; i++) {
      Socket socket = new Socket();
      queued.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException("the queue takes more than " + QUEUE + " connections");
  }

  private void start(ServerSocket listening) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              Socket socket = listening.accept();
              socket.setTcpNoDelay(true);
              connections.add(socket);
              Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
              // It is closed: the loop looks.
            }
          }
        });
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Optional<String> head = head(in);
      while (head.isPresent() && answer(head.get(), socket)) {
        head = head(in);
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone, or the connection was reset.
    } finally {
      connections.remove(socket);
    }
  }

  /** Request line and fields, with the empty line; empty at the end of the connection. */
  private static Optional<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return Optional.of(head.toString(ISO_8859_1));
  }

  /** False if the connection ends with this. */
  private boolean answer(String head, Socket socket) throws IOException, InterruptedException {
    Matcher request = REQUEST.matcher(head);
    if (!request.lookingAt()) {
      return false;
    }
    String path = URLDecoder.decode(request.group(1).replace("+", "%2B"), ISO_8859_1);
    (path.equals(Shelf.HEALTH) ? probes : asked).incrementAndGet();
    Matcher range = RANGE.matcher(head);
    int from = range.find() ? Integer.parseInt(range.group(1)) : 0;
    if (from > 0) {
      resumed.incrementAndGet();
    }
    return answer(path, from, socket);
  }

  private boolean answer(String path, int from, Socket socket)
      throws IOException, InterruptedException {
    if (silentAbout.filter(path::startsWith).isPresent()) {
      silences.incrementAndGet();
      waitForTheEnd(socket);
      return false;
    }
    OutputStream out = socket.getOutputStream();
    Answer whole = answer(shelf.honest(path), from);
    return switch (fault) {
      case NONE -> {
        Thread.sleep(delay);
        yield send(whole, out);
      }
      case REFUSE, RESET -> {
        socket.setSoLinger(true, 0);
        yield false;
      }
      case NEVER_ACCEPT, BLACK_HOLE -> {
        waitForTheEnd(socket);
        yield false;
      }
      case ERROR -> send(status("500 Internal Server Error"), out);
      case TOO_MANY -> send(status("429 Too Many Requests"), out);
      case TOO_MANY_LATER -> send(status("429 Too Many Requests\r\nRetry-After: 1"), out);
      case SLOW_HEADERS -> {
        slowly(whole.headBytes(), Duration.ofSeconds(1), out);
        out.write(whole.body());
        yield true;
      }
      case TRICKLE -> {
        out.write(whole.headBytes());
        slowly(whole.body(), Duration.ofMillis(100), out);
        yield true;
      }
      case TRUNCATION -> sendHalf(whole, out);
      case TRUNCATION_OF_LARGE ->
          whole.size() + from >= LARGE ? sendHalf(whole, out) : send(whole, out);
      case LIE -> send(answer(shelf.untrue(path), from), out);
    };
  }

  /** Until somebody hangs up. */
  private static void waitForTheEnd(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // Nothing is answered.
    }
  }

  /** What is sent when all is well. The array is handed over and never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(String head, byte[] body) {
    byte[] headBytes() {
      return (head + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    int size() {
      return body.length;
    }
  }

  private static Answer status(String line) {
    return new Answer("HTTP/1.1 " + line, "no\n".getBytes(ISO_8859_1));
  }

  private static Answer answer(Optional<byte[]> file, int from) {
    if (file.isEmpty()) {
      return status("404 Not Found");
    }
    byte[] all = file.get();
    if (from == 0 || from >= all.length) {
      return new Answer("HTTP/1.1 200 OK", all);
    }
    byte[] rest = Arrays.copyOfRange(all, from, all.length);
    String place = "bytes %d-%d/%d".formatted(from, all.length - 1, all.length);
    return new Answer("HTTP/1.1 206 Partial Content\r\nContent-Range: " + place, rest);
  }

  private static boolean send(Answer answer, OutputStream out) throws IOException {
    out.write(answer.headBytes());
    out.write(answer.body());
    return true;
  }

  private static boolean sendHalf(Answer answer, OutputStream out) throws IOException {
    out.write(answer.headBytes());
    out.write(answer.body(), 0, answer.size() / 2);
    return false;
  }

  private static void slowly(byte[] bytes, Duration pause, OutputStream out)
      throws IOException, InterruptedException {
    for (byte next : bytes) {
      Thread.sleep(pause);
      out.write(next);
    }
  }

  /** Breaks all connections off with RST. */
  private void reset() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    queued.clear();
    for (Socket socket : connections) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
      }
      socket.close();
    }
  }

  @Override
  public synchronized void close() {
    try {
      server.close();
      reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
