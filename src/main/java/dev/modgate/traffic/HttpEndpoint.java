package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Secret;
import dev.modgate.traffic.TrafficSettings.Credential;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * POSTs batches as {@code application/x-ndjson} over HTTP/1.1. Redirects are not followed: a
 * configured endpoint is the endpoint, and nobody else is shown its credential. What it answers is
 * its status; the rest is not kept.
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
  public Delivery deliver(List<byte[]> lines) throws InterruptedException {
    return switch (authorization()) {
      case Parsed.Valid<Optional<String>>(Optional<String> header) ->
          deliver(request(lines, header));
      case Parsed.Invalid<Optional<String>> _ -> new Delivery.NotNow("its token can't be used");
    };
  }

  private Delivery deliver(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
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

  /** With a Content-Length, that of all parts: some servers take no other body. */
  private HttpRequest request(List<byte[]> lines, Optional<String> authorization) {
    long length = lines.stream().mapToLong(part -> part.length).sum();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .header("Content-Type", "application/x-ndjson")
            .header("User-Agent", "modgate")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofByteArrays(lines), length));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  /** The header's value, if there is to be one: what a token's file holds now. */
  private Parsed<Optional<String>> authorization() {
    return switch (settings.credential()) {
      case Credential.None() -> Parsed.valid(Optional.empty());
      case Credential.Basic(Secret userAndPassword) ->
          Parsed.valid(Optional.of(basic(userAndPassword)));
      case Credential.Bearer(LiveSecret token) ->
          token.current().then(now -> Parsed.valid(Optional.of("Bearer " + now.reveal())));
    };
  }

  /** RFC 7617. */
  private static String basic(Secret userAndPassword) {
    byte[] pair = userAndPassword.reveal().getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /**
   * 408 and 429 ask for another try (RFC 9110 §15.5.9, RFC 6585 §4), as do troubles of its own. So
   * does a 401 if there is a token, which somebody rotates: in one place before the other.
   */
  private Delivery delivery(int status) {
    if (status >= 200 && status < 300) {
      return new Delivery.Taken();
    }
    boolean rotating = status == 401 && settings.credential() instanceof Credential.Bearer;
    return status >= 500 || status == 408 || status == 429 || rotating
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
