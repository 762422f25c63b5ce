package dev.modgate.chain;

import dev.modgate.chain.credential.Credential;
import dev.modgate.chain.credential.CredentialHeader;
import dev.modgate.chain.credential.SecretWriter;
import dev.modgate.chain.credential.Shown;
import dev.modgate.chain.tls.TlsFaults;
import dev.modgate.chain.wire.ForbiddenAddressException;
import dev.modgate.chain.wire.UntrustworthyAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * A mirror over HTTP. Redirects are followed here and not by the library, because the headers are
 * made anew for each hop: credentials go to the mirror's own origin only.
 */
final class HttpMirror implements Mirror {

  /** Hops, as many as the go command follows. */
  private static final int MAX_REDIRECTS = 9;

  private final MirrorSettings settings;
  private final HttpUrl base;
  private final HttpClients clients;
  private final Credential credential;
  private final BodyReader bodies;
  private final Supplier<Optional<String>> traceparent;

  /**
   * @param traceparent the W3C trace context of the running request
   */
  HttpMirror(
      MirrorSettings settings,
      HttpClients clients,
      Credential credential,
      BodyReader bodies,
      Supplier<Optional<String>> traceparent) {
    this.settings = settings;
    this.base = url(settings.url());
    this.clients = clients;
    this.credential = credential;
    this.bodies = bodies;
    this.traceparent = traceparent;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    return switch (credential.show()) {
      case Shown.Nothing() -> attempt(request, Optional.empty()).reply();
      case Shown.Unavailable(String why) -> new Reply.Failed(new Failure.NoCredential(why));
      case Shown.Ready(CredentialHeader header) -> get(request, header);
    };
  }

  /** A credential that is refused is replaced once; a second refusal stands. */
  private Reply get(MirrorRequest request, CredentialHeader header) {
    Attempt first = attempt(request, Optional.of(header));
    if (!first.refused()) {
      return first.reply();
    }
    return switch (credential.insteadOf(header)) {
      case Shown.Nothing() -> first.reply();
      case Shown.Unavailable(String why) -> new Reply.Failed(new Failure.NoCredential(why));
      case Shown.Ready(CredentialHeader newer) -> attempt(request, Optional.of(newer)).reply();
    };
  }

  /**
   * One walk along the redirects.
   *
   * @param refused whether the mirror's own origin answered 401
   */
  private record Attempt(Reply reply, boolean refused) {}

  private Attempt attempt(MirrorRequest request, Optional<CredentialHeader> header) {
    Exchange exchange = new Exchange(settings.timeouts(), request, header);
    Reply reply = reply(request, exchange);
    return new Attempt(reply, exchange.refused);
  }

  private Reply reply(MirrorRequest request, Exchange exchange) {
    try {
      return follow(request, exchange);
    } catch (IOException e) {
      return new Reply.Failed(
          request.turn().isLost() ? new Failure.Outrun() : failure(e, exchange));
    } catch (IllegalArgumentException e) {
      // OkHttp lets a negative Content-Length escape as this.
      return new Reply.Failed(new Failure.Broken("sent an answer that is not HTTP"));
    }
  }

  private Reply follow(MirrorRequest request, Exchange exchange) throws IOException {
    HttpUrl url = target(request.path());
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      Call call = call(url, request, exchange.header);
      try (Turn.Watch _ = request.turn().onLost(call::cancel);
          Response response = exchange.send(call)) {
        exchange.refused = response.code() == 401 && sameOrigin(url, base);
        if (!isRedirect(response)) {
          return read(response, request, exchange);
        }
        Optional<HttpUrl> next = next(url, response);
        if (next.isEmpty()) {
          return broken("sent a redirect that is not allowed");
        }
        url = next.get();
      }
    }
    return broken("sent more than " + MAX_REDIRECTS + " redirects");
  }

  private Call call(HttpUrl url, MirrorRequest asked, Optional<CredentialHeader> header) {
    boolean own = sameOrigin(url, base);
    OkHttpClient client = clients.of(own, asked.delivery());
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", "modgate")
            .header("Accept-Encoding", "identity");
    asked.begun().ifPresent(b -> request.header("Range", "bytes=" + b.size() + "-"));
    if (own) {
      header.ifPresent(shown -> SecretWriter.header(request, shown));
      if (settings.traceContext()) {
        traceparent.get().ifPresent(context -> request.header("traceparent", context));
      }
    }
    return client.newCall(request.build());
  }

  private Reply read(Response response, MirrorRequest request, Exchange exchange)
      throws IOException {
    return switch (response.code()) {
      case 200 -> body(response, request, Optional.empty(), exchange);
      case 206 ->
          request.begun().filter(begun -> ContentRange.continues(response, begun)).isPresent()
              ? body(response, request, request.begun(), exchange)
              : broken("sent a part that was not asked for");
      case 404, 410 -> new Reply.NotThere(response.code(), words(response, exchange.header));
      default -> new Reply.Failed(new Failure.BadStatus(response.code(), RetryAfter.of(response)));
    };
  }

  private Reply body(
      Response response, MirrorRequest request, Optional<Payload.Partial> begun, Exchange exchange)
      throws IOException {
    if (!request.turn().take()) {
      return new Reply.Failed(new Failure.Outrun());
    }
    BufferedSource source = response.body().source();
    return switch (bodies.read(source, request, begun, settings.timeouts().idle())) {
      case BodyReader.Whole(Payload payload) -> new Reply.Content(payload, exchange.firstByte());
      case BodyReader.TooLong() -> new Reply.Failed(new Failure.TooLarge(request.limit()));
      case BodyReader.CutOff(IOException cause, Optional<Payload.Partial> kept) -> {
        Failure failure = failure(cause, exchange);
        yield kept.<Reply>map(partial -> new Reply.Cut(failure, partial))
            .orElseGet(() -> new Reply.Failed(failure));
      }
    };
  }

  /** Clients see it: not if it repeats what only the mirror was shown. */
  private String words(Response response, Optional<CredentialHeader> header) {
    return bodies.words(
        response.body().source(),
        settings.timeouts().idle(),
        text -> header.filter(shown -> SecretWriter.isRepeated(shown, text)).isPresent());
  }

  private HttpUrl target(String path) {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : path.substring(1).split("/", -1)) {
      url.addPathSegment(segment);
    }
    return url.build();
  }

  private static boolean isRedirect(Response response) {
    return switch (response.code()) {
      case 301, 302, 303, 307, 308 -> response.header("Location") != null;
      default -> false;
    };
  }

  /**
   * Where a redirect leads, unless it leads from https to http. Addresses are guarded by sockets.
   */
  private static Optional<HttpUrl> next(HttpUrl from, Response response) {
    String location = response.header("Location", "");
    return Optional.ofNullable(location)
        .flatMap(text -> Optional.ofNullable(from.resolve(text)))
        .filter(to -> to.isHttps() || !from.isHttps())
        .map(to -> to.newBuilder().username("").password("").fragment(null).build());
  }

  static boolean sameOrigin(HttpUrl a, HttpUrl b) {
    return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
  }

  private static Reply broken(String how) {
    return new Reply.Failed(new Failure.Broken(how));
  }

  /** Names what happened by its class alone: messages of the library quote URLs. */
  private static Failure failure(IOException e, Exchange exchange) {
    if (e instanceof UntrustworthyAnswerException untrustworthy) {
      return new Failure.Broken(untrustworthy.how());
    }
    if (e instanceof ChangedFaceException changed) {
      return new Failure.ChangedFace(changed.what());
    }
    if (e instanceof ForbiddenAddressException) {
      return new Failure.Broken("sent a redirect to an address that is not public");
    }
    if (e instanceof SpoolException) {
      return new Failure.LocalDisk();
    }
    if (e instanceof TrickleException) {
      return new Failure.TimedOut(Failure.TimedOut.Phase.IDLE);
    }
    if (e instanceof InterruptedIOException || exchange.isLate()) {
      return new Failure.TimedOut(exchange.phase(e));
    }
    return switch (e) {
      case UnknownHostException _ -> new Failure.Unreachable("host name not found");
      case ConnectException _ -> new Failure.Unreachable("no connection");
      case SSLException tls when !exchange.hasHead() -> new Failure.Untrusted(TlsFaults.of(tls));
      default ->
          exchange.hasHead()
              ? new Failure.Broken("broke off in the middle of the answer")
              : new Failure.Unreachable("closed the connection");
    };
  }

  private static HttpUrl url(URI uri) {
    return HttpUrl.get(uri.toString());
  }

  /** The deadlines and the progress of one request over all its hops. */
  private final class Exchange {
    private final long startNanos = System.nanoTime();
    private final Optional<CredentialHeader> header;
    private final Duration total;
    private final Duration firstByteDeadline;
    private Duration headAfter = Duration.ZERO;
    private boolean head;
    private boolean late;
    private boolean refused;

    Exchange(
        MirrorSettings.Timeouts timeouts,
        MirrorRequest request,
        Optional<CredentialHeader> header) {
      this.header = header;
      this.firstByteDeadline = request.firstByte().orElse(timeouts.firstByte());
      Duration own =
          request.firstByte().map(head -> head.plus(timeouts.idle())).orElse(timeouts.total());
      Duration left = request.deadline().left();
      this.total = own.compareTo(left) < 0 ? own : left;
    }

    /** Sends and waits for the head; the call stays bounded by the total deadline. */
    Response send(Call call) throws IOException {
      head = false;
      Duration left = total.minus(elapsed());
      if (left.isNegative() || left.isZero()) {
        late = true;
        throw new InterruptedIOException("total");
      }
      call.timeout().timeout(left.toNanos(), TimeUnit.NANOSECONDS);
      Duration headLeft = firstByteDeadline.minus(elapsed());
      try (HeadDeadline _ = clients.headDeadline(call, headLeft)) {
        Response response = call.execute();
        headAfter = elapsed();
        head = true;
        return response;
      } finally {
        late |= !head && elapsed().compareTo(firstByteDeadline) >= 0;
      }
    }

    Duration firstByte() {
      return headAfter;
    }

    boolean hasHead() {
      return head;
    }

    boolean isLate() {
      return late;
    }

    Failure.TimedOut.Phase phase(IOException e) {
      if (elapsed().compareTo(total) >= 0) {
        return Failure.TimedOut.Phase.TOTAL;
      }
      if (head) {
        return Failure.TimedOut.Phase.IDLE;
      }
      boolean connecting =
          String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
      return connecting ? Failure.TimedOut.Phase.CONNECT : Failure.TimedOut.Phase.FIRST_BYTE;
    }

    private Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - startNanos);
    }
  }
}
