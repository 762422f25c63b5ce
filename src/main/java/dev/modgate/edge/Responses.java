package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import dev.modgate.protocol.Request;
import dev.modgate.store.StoredArtifact;
import dev.modgate.verify.Provenance;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETagUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/**
 * Turns outcomes into answers. What has to be opened is opened here, what it returns only sends.
 */
final class Responses {

  private static final HttpString VERIFIED = new HttpString("Modgate-Verified");
  private static final HttpString MIRROR = new HttpString("Modgate-Mirror");
  private static final HttpString TRACE = new HttpString("Modgate-Trace");
  private static final HttpString WARNING = new HttpString("Warning");
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private Responses() {}

  /** Opens what has to be opened; the handler that it returns sends, on the I/O thread. */
  static HttpHandler of(Outcome outcome, Request request, String traceId) {
    String subject = Subjects.of(request);
    return switch (outcome) {
      case Outcome.Artifact artifact -> artifact(artifact, subject, traceId);
      case Outcome.Text text -> exchange -> text(exchange, text, traceId);
      case Outcome.Absent absent -> words(RefusalTable.of(absent, subject), traceId);
      case Outcome.Refused refused -> words(RefusalTable.of(refused, subject, traceId), traceId);
      case Outcome.Unavailable unavailable ->
          words(RefusalTable.of(unavailable, subject, traceId), traceId);
    };
  }

  /** The only writer of {@code .mod} and {@code .zip}: it takes nothing but the store's ticket. */
  private static HttpHandler artifact(Outcome.Artifact artifact, String subject, String traceId) {
    StoredArtifact stored = artifact.stored();
    if (artifact.held().isPresent()) {
      ByteBuffer bytes = ByteBuffer.wrap(artifact.held().get().bytes());
      return exchange -> {
        if (describe(exchange, stored, artifact.mirror(), traceId)) {
          send(exchange, sender -> sender.send(bytes, IoCallback.END_EXCHANGE));
        }
      };
    }
    try {
      return large(stored, stored.open(), artifact.mirror(), traceId);
    } catch (IOException e) {
      return words(RefusalTable.of(Outcome.Unavailable.unreadable(), subject, traceId), traceId);
    }
  }

  private static HttpHandler large(
      StoredArtifact stored, FileChannel file, String mirror, String traceId) {
    return exchange -> {
      closeWhenDone(exchange, file);
      if (!describe(exchange, stored, mirror, traceId)) {
        return;
      }
      if (exchange.getRequestMethod().equals(Methods.HEAD)) {
        exchange.endExchange();
      } else {
        new FileSender(exchange, file, stored.size()).send();
      }
    };
  }

  /** Sets every header; false if the client has the bytes, and has been told so. */
  private static boolean describe(
      HttpServerExchange exchange, StoredArtifact stored, String mirror, String traceId) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(VERIFIED, verified(stored));
    headers.put(MIRROR, mirror);
    headers.put(TRACE, traceId);
    headers.put(Headers.CACHE_CONTROL, FOR_EVER);
    headers.put(
        Headers.CONTENT_TYPE,
        switch (stored.kind()) {
          case GO_MOD -> TEXT;
          case ZIP -> "application/zip";
        });
    if (isKnownToClient(exchange, stored.h1().toString())) {
      return false;
    }
    headers.put(Headers.CONTENT_LENGTH, stored.size());
    return true;
  }

  /** Also when the exchange is over before it could be listened to. */
  private static void closeWhenDone(HttpServerExchange exchange, Closeable file) {
    try {
      exchange.addExchangeCompleteListener((_, next) -> {
        close(file);
        next.proceed();
      });
    } catch (RuntimeException e) {
      close(file);
      throw e;
    }
  }

  private static void text(HttpServerExchange exchange, Outcome.Text text, String traceId) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(MIRROR, text.mirror());
    headers.put(TRACE, traceId);
    headers.put(
        Headers.CONTENT_TYPE,
        switch (text.kind()) {
          case INFO -> "application/json";
          case LIST, LOG_TEXT -> TEXT;
          case LOG_TILE -> "application/octet-stream";
        });
    lifetime(headers, text.lifetime());
    byte[] bytes = text.content().bytes();
    if (!isKnownToClient(exchange, text.content().digest())) {
      headers.put(Headers.CONTENT_LENGTH, bytes.length);
      send(exchange, sender -> sender.send(ByteBuffer.wrap(bytes), IoCallback.END_EXCHANGE));
    }
  }

  /** A stale answer says so: {@code Age} and {@code Warning} (RFC 9111 §5.1, RFC 7234 §5.5.1). */
  private static void lifetime(HeaderMap headers, Outcome.Lifetime lifetime) {
    switch (lifetime) {
      case Outcome.Lifetime.Immutable() -> headers.put(Headers.CACHE_CONTROL, FOR_EVER);
      case Outcome.Lifetime.Fresh(Duration ttl) ->
          headers.put(Headers.CACHE_CONTROL, "public, max-age=" + ttl.toSeconds());
      case Outcome.Lifetime.Stale(Duration age) -> {
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        headers.put(Headers.AGE, Math.min(age.toSeconds(), Integer.MAX_VALUE));
        headers.put(WARNING, "110 modgate \"Response is Stale\"");
      }
    }
  }

  /** Sets the entity tag, and answers 304 if the client has it (RFC 9110 §13.1.2). */
  private static boolean isKnownToClient(HttpServerExchange exchange, String tag) {
    io.undertow.util.ETag etag = new io.undertow.util.ETag(false, tag);
    exchange.getResponseHeaders().put(Headers.ETAG, etag.toString());
    if (ETagUtils.handleIfNoneMatch(exchange, etag, true)) {
      return false;
    }
    exchange.setStatusCode(304);
    exchange.endExchange();
    return true;
  }

  private interface Body {
    void sendBy(Sender sender);
  }

  private static void send(HttpServerExchange exchange, Body body) {
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
    } else {
      body.sendBy(exchange.getResponseSender());
    }
  }

  private static String verified(StoredArtifact stored) {
    return switch (stored.provenance()) {
      case Provenance.Logged(String database, long treeSize, long _) ->
          stored.h1() + "; log=" + database + "; tree=" + treeSize;
      case Provenance.Unlogged _ -> stored.h1() + "; unlogged";
    };
  }

  private static HttpHandler words(RefusalTable.Answer answer, String traceId) {
    return exchange -> {
      exchange.getResponseHeaders().put(TRACE, traceId);
      write(exchange, answer);
    };
  }

  static void plain(HttpServerExchange exchange, int status, String words) {
    write(exchange, RefusalTable.plain(status, words));
  }

  static void busy(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
    write(exchange, RefusalTable.plain(503, "modgate has too many requests at once"));
  }

  /** Answers and closes the connection. */
  static void reject(HttpServerExchange exchange, int status, String words) {
    exchange.setPersistent(false);
    if (status == 405) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
    }
    write(exchange, RefusalTable.plain(status, words));
  }

  private static void write(HttpServerExchange exchange, RefusalTable.Answer answer) {
    byte[] body = answer.body();
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, TEXT);
    headers.put(Headers.CONTENT_LENGTH, body.length);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    answer.retryAfter().ifPresent(seconds -> headers.put(Headers.RETRY_AFTER, seconds));
    exchange.setStatusCode(answer.status());
    send(exchange, sender -> sender.send(ByteBuffer.wrap(body), IoCallback.END_EXCHANGE));
  }

  private static void close(Closeable file) {
    try {
      file.close();
    } catch (IOException e) {
      // A read-only file has nothing to lose.
    }
  }
}
