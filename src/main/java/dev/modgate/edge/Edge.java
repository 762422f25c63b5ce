package dev.modgate.edge;

import dev.modgate.pipeline.Pipeline;
import dev.modgate.protocol.TargetParser;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The two listeners, their limits, and how they end. */
public final class Edge implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 50;

  /** To read a whole request head. */
  private static final Duration HEAD = Duration.ofSeconds(10);

  /** For the next request on a kept-alive connection. */
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(60);

  /** For a client to take the next bytes of an answer. */
  private static final Duration WRITE = Duration.ofSeconds(60);

  /** For answers under way when the process is told to stop. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final XnioWorker worker;
  private final GracefulShutdownHandler modules;
  private final Undertow moduleServer;
  private final Undertow adminServer;

  private Edge(
      XnioWorker worker, GracefulShutdownHandler modules, Undertow module, Undertow admin) {
    this.worker = worker;
    this.modules = modules;
    this.moduleServer = module;
    this.adminServer = admin;
  }

  /**
   * Where to listen.
   *
   * @param modules the module listener; port 0 is any free one
   * @param admin the admin listener
   * @param trustedPeer whose word about a client's address is taken
   */
  public record Settings(
      InetSocketAddress modules, InetSocketAddress admin, Predicate<InetAddress> trustedPeer) {}

  /**
   * Starts to listen.
   *
   * @param threads runs whatever may block, a request a task
   * @throws IOException if an address can't be listened on; the message names it
   */
  public static Edge start(
      Settings settings,
      TargetParser targets,
      Pipeline pipeline,
      RequestObserver observer,
      ServedObserver served,
      AdminStatus status,
      ExecutorService threads)
      throws IOException {
    XnioWorker worker = worker();
    GracefulShutdownHandler modules =
        new GracefulShutdownHandler(
            new ModuleHandler(
                targets,
                pipeline,
                observer,
                served,
                new ClientAddress(settings.trustedPeer()),
                threads));
    Undertow module = server(worker, settings.modules()).setHandler(modules).build();
    Undertow admin = server(worker, settings.admin()).setHandler(new AdminHandler(status)).build();
    Edge edge = new Edge(worker, modules, module, admin);
    try {
      listen(module, settings.modules());
      listen(admin, settings.admin());
      return edge;
    } catch (IOException e) {
      edge.close();
      throw e;
    }
  }

  private static XnioWorker worker() throws IOException {
    return Xnio.getInstance()
        .createWorker(
            OptionMap.builder()
                .set(
                    Options.WORKER_IO_THREADS,
                    Math.max(2, Runtime.getRuntime().availableProcessors()))
                .set(Options.WORKER_TASK_CORE_THREADS, 4)
                .set(Options.WORKER_TASK_MAX_THREADS, 16)
                .set(Options.TCP_NODELAY, true)
                .getMap());
  }

  private static Undertow.Builder server(XnioWorker worker, InetSocketAddress address) {
    return Undertow.builder()
        .setWorker(worker)
        .addHttpListener(address.getPort(), address.getHostString())
        .setSocketOption(Options.BACKLOG, 1024)
        .setSocketOption(Options.CONNECTION_HIGH_WATER, Connections.MOST)
        .setSocketOption(Options.CONNECTION_LOW_WATER, Connections.MOST)
        .setSocketOption(Options.WRITE_TIMEOUT, Math.toIntExact(WRITE.toMillis()))
        .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
        .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 1L)
        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(HEAD.toMillis()))
        .setServerOption(
            UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(BETWEEN_REQUESTS.toMillis()))
        .setServerOption(UndertowOptions.DECODE_URL, false)
        .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
        .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false);
  }

  private static void listen(Undertow server, InetSocketAddress address) throws IOException {
    try {
      server.start();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof BindException) {
        throw new IOException("can't listen on " + shown(address) + ": it is in use", e);
      }
      throw new IOException("can't listen on " + shown(address), e);
    }
  }

  /** The address of the module listener, with the port that it really has. */
  public InetSocketAddress modules() {
    return (InetSocketAddress) moduleServer.getListenerInfo().getFirst().getAddress();
  }

  /** The address of the admin listener, with the port that it really has. */
  public InetSocketAddress admin() {
    return (InetSocketAddress) adminServer.getListenerInfo().getFirst().getAddress();
  }

  /** {@code host:port}, with brackets around IPv6. */
  public static String shown(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Takes no new requests, lets those under way finish for a while, then stops listening. */
  @Override
  public void close() {
    modules.shutdown();
    try {
      modules.awaitShutdown(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    moduleServer.stop();
    adminServer.stop();
    worker.shutdownNow();
  }
}
