package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.secret.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * POSTs batches as {@code application/x-ndjson} over HTTP/1.1. Redirects are not followed: a
 * configured endpoint is the endpoint. What it answers is its status; the rest is not kept.
 */
final class HttpEndpoint implements TrafficEndpoint {

  private final TrafficSettings settings;
  private final HttpClient client;

  HttpEndpoint(TrafficSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(settings.timeout())
            .build();
  }

  @Override
  public Delivery deliver(byte[] lines) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(lines), HttpResponse.BodyHandlers.discarding());
    try {
      // The whole exchange: HttpRequest's own time-out ends where the body begins.
      int status = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return delivery(status);
    } catch (TimeoutException e) {
      return new Delivery.NotNow("it did not answer in time");
    } catch (ExecutionException e) {
      return new Delivery.NotNow(reason(e));
    } finally {
      boolean _ = answer.cancel(true);
    }
  }

  private HttpRequest request(byte[] lines) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .header("Content-Type", "application/x-ndjson")
            .header("User-Agent", "modgate")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines));
    settings.userAndPassword().ifPresent(secret -> authorize(request, secret));
    return request.build();
  }

  /** RFC 7617. */
  private static void authorize(HttpRequest.Builder request, Secret userAndPassword) {
    byte[] pair = userAndPassword.reveal().getBytes(UTF_8);
    request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** 408 and 429 ask for another try (RFC 9110 §15.5.9, RFC 6585 §4), as do troubles of its own. */
  private static Delivery delivery(int status) {
    if (status >= 200 && status < 300) {
      return new Delivery.Taken();
    }
    return status >= 500 || status == 408 || status == 429
        ? new Delivery.NotNow("it answered " + status)
        : new Delivery.Rejected(status);
  }

  private static String reason(ExecutionException failed) {
    return switch (failed.getCause()) {
      case HttpConnectTimeoutException _ -> "there was no connection in time";
      case HttpTimeoutException _ -> "it did not answer in time";
      case java.net.ConnectException _ -> "there is no connection";
      case javax.net.ssl.SSLException _ -> "TLS with it failed";
      case IOException _ -> "the connection broke";
      case null, default -> "it could not be asked";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
