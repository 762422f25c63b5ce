package dev.modgate.chain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Notes what is seen of a mirror's own origin; it changes nothing. */
final class Witness extends EventListener implements Interceptor {

  private final List<Sighting.Answer> answers = new ArrayList<>();
  private List<X509Certificate> presented = List.of();
  private Optional<Sighting.Connection> first = Optional.empty();
  private long callStart;
  private long connectStart;
  private Duration connect = Duration.ZERO;
  private Duration handshake = Duration.ZERO;

  synchronized Sighting sighting() {
    return new Sighting(presented, first, answers);
  }

  /** The first chain; one connection shows the same as the next. */
  synchronized void presented(List<X509Certificate> chain) {
    if (presented.isEmpty()) {
      presented = chain;
    }
  }

  void watch(OkHttpClient.Builder client) {
    client.eventListener(this).addNetworkInterceptor(this);
  }

  @Override
  public synchronized void callStart(Call call) {
    callStart = System.nanoTime();
  }

  @Override
  public synchronized void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    connectStart = System.nanoTime();
  }

  @Override
  public synchronized void secureConnectStart(Call call) {
    connect = Duration.ofNanos(System.nanoTime() - callStart);
    connectStart = System.nanoTime();
  }

  @Override
  public synchronized void secureConnectEnd(
      Call call, @SuppressWarnings("NullAway") Handshake done) {
    handshake = Duration.ofNanos(System.nanoTime() - connectStart);
  }

  @Override
  public synchronized void connectionAcquired(Call call, Connection connection) {
    if (connect.isZero()) {
      connect = Duration.ofNanos(System.nanoTime() - callStart);
    }
    if (first.isEmpty()) {
      first = Optional.of(seen(connection));
    }
  }

  private Sighting.Connection seen(Connection connection) {
    Optional<Handshake> tls = Optional.ofNullable(connection.handshake());
    return new Sighting.Connection(
        connection.socket().getInetAddress(),
        connection.protocol().toString(),
        tls.map(done -> done.tlsVersion().javaName()).orElse(""),
        tls.map(done -> done.cipherSuite().javaName()).orElse(""),
        tls.map(Witness::proven).orElse(List.of()),
        connect,
        handshake);
  }

  private static List<X509Certificate> proven(Handshake handshake) {
    return handshake.peerCertificates().stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Map<String, String> headers = new TreeMap<>();
    for (String name : response.headers().names()) {
      headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", response.headers(name)));
    }
    synchronized (this) {
      answers.add(new Sighting.Answer(response.code(), response.protocol().toString(), headers));
    }
    return response;
  }
}
