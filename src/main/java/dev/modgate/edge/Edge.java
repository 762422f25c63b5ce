package dev.modgate.edge;

import dev.modgate.pipeline.Pipeline;
import dev.modgate.protocol.TargetParser;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.io.IOException;
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

  /** For answers under way when the process is told to stop. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** Connections of operators and of what scrapes. */
  private static final int OPERATORS = 256;

  /** Bytes that the system may hold for one of them. */
  private static final int OPERATORS_BUFFER = 256 * 1024;

  private final XnioWorker worker;
  private final GracefulShutdownHandler modules;
  private final Listener moduleListener;
  private final Listener adminListener;

  private Edge(
      XnioWorker worker, GracefulShutdownHandler modules, Listener module, Listener admin) {
    this.worker = worker;
    this.modules = modules;
    this.moduleListener = module;
    this.adminListener = admin;
  }

  /**
   * Where to listen, and to whom.
   *
   * @param modules the module listener; port 0 is any free one
   * @param admin the admin listener
   * @param connections of the module listener
   * @param sendBuffer of one of them, in bytes
   * @param trustedPeer whose word about a client's address is taken
   */
  public record Settings(
      InetSocketAddress modules,
      InetSocketAddress admin,
      Connections connections,
      int sendBuffer,
      Predicate<InetAddress> trustedPeer) {}

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
    Listener module = new Listener(modules, settings.connections(), settings.sendBuffer(), threads);
    Listener admin =
        new Listener(
            new AdminHandler(status), new Connections(OPERATORS), OPERATORS_BUFFER, threads);
    Edge edge = new Edge(worker, modules, module, admin);
    try {
      module.listen(worker, settings.modules());
      admin.listen(worker, settings.admin());
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

  /** The address of the module listener, with the port that it really has. */
  public InetSocketAddress modules() {
    return moduleListener.address();
  }

  /** The address of the admin listener, with the port that it really has. */
  public InetSocketAddress admin() {
    return adminListener.address();
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
    moduleListener.close();
    adminListener.close();
    worker.shutdownNow();
  }
}
