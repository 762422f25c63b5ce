package dev.modgate.edge;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** An address on which HTTP/1.1 is spoken, its limits, and who gets in. */
final class Listener implements Closeable {

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 50;

  /** Bytes of what is read at one time. */
  private static final int BUFFER = 16 * 1024;

  /** Connections that the system has accepted and this process has not. */
  private static final int BACKLOG = 1024;

  /** To read a whole request head. */
  private static final Duration HEAD = Duration.ofSeconds(10);

  /** For the next request on a kept-alive connection. */
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(60);

  /** For a client to take a third of what the system holds for it, of which it hears then. */
  private static final Duration WRITE = Duration.ofMinutes(2);

  private final HttpOpenListener http;
  private final Connections connections;
  private final int sendBuffer;
  private final Executor threads;

  /** Empty until it listens. */
  private Optional<AcceptingChannel<StreamConnection>> channel = Optional.empty();

  /**
   * @param sendBuffer bytes that the system may hold for a client. Left to itself it takes 4 MiB
   *     for each that does not read, and tells of progress when a third of them is gone, which is
   *     after minutes
   * @param threads runs what an I/O thread should not
   */
  Listener(HttpHandler handler, Connections connections, int sendBuffer, Executor threads) {
    this.http =
        new HttpOpenListener(
            new DefaultByteBufferPool(true, BUFFER, -1, 4),
            OptionMap.builder()
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .set(UndertowOptions.MAX_ENTITY_SIZE, 1L)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(HEAD.toMillis()))
                .set(
                    UndertowOptions.NO_REQUEST_TIMEOUT,
                    Math.toIntExact(BETWEEN_REQUESTS.toMillis()))
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .getMap());
    this.http.setRootHandler(handler);
    this.connections = connections;
    this.sendBuffer = sendBuffer;
    this.threads = threads;
  }

  /**
   * Begins.
   *
   * @throws IOException if the address can't be listened on; the message names it
   */
  void listen(XnioWorker worker, InetSocketAddress address) throws IOException {
    OptionMap options =
        OptionMap.builder()
            .set(Options.TCP_NODELAY, true)
            .set(Options.REUSE_ADDRESSES, true)
            .set(Options.BACKLOG, BACKLOG)
            .set(Options.SEND_BUFFER, sendBuffer)
            .set(Options.CONNECTION_HIGH_WATER, connections.accepted())
            .set(Options.CONNECTION_LOW_WATER, connections.accepted())
            .set(Options.WRITE_TIMEOUT, Math.toIntExact(WRITE.toMillis()))
            .getMap();
    try {
      AcceptingChannel<StreamConnection> listening =
          worker.createStreamConnectionServer(address, this::accept, options);
      channel = Optional.of(listening);
      listening.resumeAccepts();
    } catch (BindException e) {
      throw new IOException("can't listen on " + Edge.shown(address) + ": it is in use", e);
    } catch (IOException | UnresolvedAddressException e) {
      throw new IOException("can't listen on " + Edge.shown(address), e);
    }
  }

  private void accept(AcceptingChannel<StreamConnection> from) {
    StreamConnection accepted;
    try {
      accepted = from.accept();
    } catch (IOException e) {
      // It has been closed meanwhile.
      return;
    }
    if (accepted == null) {
      return;
    }
    connections
        .enter()
        .ifPresentOrElse(
            place -> serve(accepted, place), () -> TurnedAway.begin(accepted, threads));
  }

  /**
   * The place is left whenever the connection ends, also if it does so before it is listened to.
   */
  private void serve(StreamConnection connection, Connections.Place place) {
    HangUp.watch(connection, threads);
    try {
      http.handleEvent(connection);
    } finally {
      ChannelListener<? super StreamConnection> undertows = connection.getCloseListener();
      connection.setCloseListener(closed -> {
        place.leave();
        ChannelListeners.invokeChannelListener(closed, undertows);
      });
      if (!connection.isOpen()) {
        place.leave();
      }
    }
  }

  /**
   * Where it listens, with the port that it really has.
   *
   * @throws IllegalStateException if it doesn't
   */
  InetSocketAddress address() {
    return channel
        .map(listening -> listening.getLocalAddress(InetSocketAddress.class))
        .orElseThrow(() -> new IllegalStateException("not listening"));
  }

  @Override
  public void close() {
    channel.ifPresent(IoUtils::safeClose);
    http.closeConnections();
  }
}
