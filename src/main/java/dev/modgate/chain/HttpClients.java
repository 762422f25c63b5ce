package dev.modgate.chain;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The HTTP clients of one mirror. Files come over HTTP/1.1, because an unread HTTP/2 body fills
 * memory; small answers share one HTTP/2 connection. Other origins, which only redirects lead to,
 * are reached through guarded sockets.
 */
final class HttpClients implements AutoCloseable {

  private static final Duration PING = Duration.ofSeconds(10);
  private static final int IDLE_CONNECTIONS = 64;

  private final OkHttpClient ownFiles;
  private final OkHttpClient ownSmall;
  private final OkHttpClient foreignFiles;
  private final OkHttpClient foreignSmall;
  private final ScheduledExecutorService clock;

  /**
   * @param tls of the mirror itself; other origins have to show what any server has to
   * @param clock runs the deadlines; it is not closed with this
   */
  HttpClients(MirrorSettings settings, Tls tls, ScheduledExecutorService clock) {
    this(settings, tls, clock, _ -> {});
  }

  /**
   * The same.
   *
   * @param watched takes a look at what goes to the mirror's own origin
   */
  HttpClients(
      MirrorSettings settings,
      Tls tls,
      ScheduledExecutorService clock,
      Consumer<OkHttpClient.Builder> watched) {
    this.clock = clock;
    OkHttpClient base =
        Tls.standard()
            .into(new OkHttpClient.Builder())
            .connectTimeout(settings.timeouts().connect())
            // Head and body have deadlines of their own: HeadDeadline and BodyReader.
            .readTimeout(Duration.ZERO)
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
            .pingInterval(PING)
            .addNetworkInterceptor(new StrictFraming())
            .build();
    OkHttpClient.Builder own =
        tls.into(base.newBuilder())
            .socketFactory(new UpstreamSockets(false))
            .certificatePinner(Tls.pinner(settings))
            .addNetworkInterceptor(new Face(settings.identity()));
    watched.accept(own);
    OkHttpClient foreign = base.newBuilder().socketFactory(new UpstreamSockets(true)).build();
    this.ownSmall = with(own.build(), List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    this.ownFiles = with(own.build(), List.of(Protocol.HTTP_1_1));
    this.foreignSmall = with(foreign, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    this.foreignFiles = with(foreign, List.of(Protocol.HTTP_1_1));
  }

  /** One thread for the deadlines of all mirrors; what it does is short. */
  static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("modgate-deadlines").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private static OkHttpClient with(OkHttpClient base, List<Protocol> protocols) {
    return base.newBuilder().protocols(protocols).build();
  }

  OkHttpClient of(boolean ownOrigin, MirrorRequest.Delivery delivery) {
    return switch (delivery) {
      case FILE -> ownOrigin ? ownFiles : foreignFiles;
      case MEMORY -> ownOrigin ? ownSmall : foreignSmall;
    };
  }

  HeadDeadline headDeadline(Call call, Duration left) {
    return new HeadDeadline(
        clock.schedule(call::cancel, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS));
  }

  @Override
  public void close() {
    ownSmall.connectionPool().evictAll();
    ownSmall.dispatcher().executorService().shutdown();
  }
}
