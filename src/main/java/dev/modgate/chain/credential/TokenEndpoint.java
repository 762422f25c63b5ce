package dev.modgate.chain.credential;

import dev.modgate.chain.wire.UntrustworthyAnswerException;
import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** Where tokens are asked for. A redirect is an answer like any other: it is not followed. */
public final class TokenEndpoint {

  /** Bytes of an answer. */
  private static final long LIMIT = 64 * 1024;

  private final HttpUrl url;
  private final OkHttpClient client;
  private final Duration deadline;

  /**
   * @param client does not follow redirects
   * @param deadline from the connection to the last byte
   */
  public TokenEndpoint(URI url, OkHttpClient client, Duration deadline) {
    this.url = HttpUrl.get(url.toString());
    this.client = client;
    this.deadline = deadline;
  }

  /** An answer of 200 to 204. */
  static final class Answer {
    private final Headers headers;
    private final byte[] body;

    Answer(Headers headers, byte[] body) {
      this.headers = headers;
      this.body = body;
    }

    List<String> header(String name) {
      return headers.values(name);
    }

    /** The JSON document that it is; the reason quotes nothing of it. */
    Parsed<Node> document() {
      return switch (DocumentReader.json(body)) {
        case Parsed.Valid<Node> valid -> valid;
        case Parsed.Invalid<Node> _ -> Parsed.invalid("the token endpoint sent no JSON document");
      };
    }
  }

  Request.Builder request() {
    return new Request.Builder()
        .url(url)
        .header("User-Agent", "modgate")
        .header("Accept", "application/json")
        .header("Accept-Encoding", "identity");
  }

  /** Asks once; the reason names what happened and quotes nothing of it. */
  Parsed<Answer> ask(Request request) {
    Call call = client.newCall(request);
    call.timeout().timeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      int status = response.code();
      if (status < 200 || status > 204) {
        return Parsed.invalid("the token endpoint answered " + status);
      }
      return body(response.body().source())
          .then(bytes -> Parsed.valid(new Answer(response.headers(), bytes)));
    } catch (IOException e) {
      return Parsed.invalid("the token endpoint " + fault(e));
    } catch (IllegalArgumentException e) {
      // OkHttp lets a negative Content-Length escape as this.
      return Parsed.invalid("the token endpoint sent an answer that is not HTTP");
    }
  }

  private static Parsed<byte[]> body(BufferedSource source) throws IOException {
    Buffer buffer = new Buffer();
    while (source.read(buffer, LIMIT) >= 0) {
      if (buffer.size() > LIMIT) {
        return Parsed.invalid("the token endpoint sent more than " + LIMIT + " bytes");
      }
    }
    return Parsed.valid(buffer.readByteArray());
  }

  /** By the class alone: messages of the library quote URLs. */
  private static String fault(IOException e) {
    return switch (e) {
      case UntrustworthyAnswerException untrustworthy -> untrustworthy.how();
      case InterruptedIOException _ -> "timed out";
      case UnknownHostException _ -> "has a host name that is not found";
      case ConnectException _ -> "can't be connected to";
      case SSLException _ -> "failed the TLS handshake";
      default -> "closed the connection";
    };
  }
}
