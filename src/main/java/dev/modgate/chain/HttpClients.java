package dev.modgate.chain;

import dev.modgate.chain.tls.ClientCertificate;
import dev.modgate.chain.tls.Tls;
import dev.modgate.chain.wire.StrictFraming;
import dev.modgate.chain.wire.UpstreamSockets;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
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
  private final OkHttpClient elsewhere;
  private final ScheduledExecutorService clock;

  /**
   * @param tls of the mirror itself; other origins have to show what any server has to
   * @param certificate shown to the mirror's own origin
   * @param clock runs the deadlines; it is not closed with this
   */
  HttpClients(
      MirrorSettings settings,
      Tls tls,
      Optional<ClientCertificate> certificate,
      ScheduledExecutorService clock) {
    this(settings, tls, certificate, clock, new UpstreamSockets(true), _ -> {});
  }

  /**
   * The same.
   *
   * @param guard makes the sockets to origins that only redirects lead to
   * @param watched takes a look at what goes to the mirror's own origin
   */
  HttpClients(
      MirrorSettings settings,
      Tls tls,
      Optional<ClientCertificate> certificate,
      ScheduledExecutorService clock,
      SocketFactory guard,
      Consumer<OkHttpClient.Builder> watched) {
    SocketFactory open = new UpstreamSockets(false);
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
    OkHttpClient.Builder checked =
        tls.into(base.newBuilder())
            .certificatePinner(
                Tls.pinner(HttpUrl.get(settings.url().toString()).host(), settings.tls()))
            .addNetworkInterceptor(new Face(settings.identity()));
    watched.accept(checked);
    OkHttpClient proven = checked.build();
    OkHttpClient own = certificate.map(shown -> shown.on(proven)).orElse(proven);
    this.ownSmall = with(own, open, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    this.ownFiles = with(own, open, List.of(Protocol.HTTP_1_1));
    this.elsewhere = with(base, open, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    this.foreignSmall = with(base, guard, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    this.foreignFiles = with(base, guard, List.of(Protocol.HTTP_1_1));
  }

  /** One thread for the deadlines of all mirrors; what it does is short. */
  static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("modgate-deadlines").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private static OkHttpClient with(
      OkHttpClient base, SocketFactory sockets, List<Protocol> protocols) {
    return base.newBuilder().socketFactory(sockets).protocols(protocols).build();
  }

  OkHttpClient of(boolean ownOrigin, MirrorRequest.Delivery delivery) {
    return switch (delivery) {
      case FILE -> ownOrigin ? ownFiles : foreignFiles;
      case MEMORY -> ownOrigin ? ownSmall : foreignSmall;
    };
  }

  /** For an address that the operator names, such as one where tokens come from. */
  OkHttpClient named(boolean ownOrigin) {
    return ownOrigin ? ownSmall : elsewhere;
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
