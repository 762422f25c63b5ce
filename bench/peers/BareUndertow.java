import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.Options;

/**
 * The limit of what modgate could reach: Undertow with modgate's options, which answers files of a
 * folder from memory, on the I/O thread, with as many headers as modgate sends, and does nothing
 * else. It verifies, logs, traces and counts nothing.
 *
 * <p>Run with the folder; the first line of the output is its address.
 */
public final class BareUndertow {
  private static final HttpString VERIFIED = new HttpString("Modgate-Verified");
  private static final HttpString MIRROR = new HttpString("Modgate-Mirror");
  private static final HttpString TRACE = new HttpString("Modgate-Trace");

  private record Answer(byte[] body, String tag) {}

  private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();

  private BareUndertow() {}

  public static void main(String[] words) {
    Path folder = Path.of(words[0]).toAbsolutePath().normalize();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setSocketOption(Options.BACKLOG, 1024)
            .setSocketOption(Options.WRITE_TIMEOUT, 60_000)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
            .setServerOption(UndertowOptions.DECODE_URL, false)
            .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
            .setHandler(exchange -> answer(exchange, folder))
            .build();
    server.start();
    int port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    System.out.println("undertow: http://127.0.0.1:" + port);
  }

  private static void answer(HttpServerExchange exchange, Path folder) throws IOException {
    String target = exchange.getRequestURI();
    Answer answer = ANSWERS.get(target);
    if (answer == null) {
      String path = URLDecoder.decode(target.substring(1).replace("+", "%2B"), UTF_8);
      Path file = folder.resolve(path).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        exchange.setStatusCode(404).endExchange();
        return;
      }
      answer =
          new Answer(
              Files.readAllBytes(file), "\"h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=\"");
      ANSWERS.put(target, answer);
    }
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(
        VERIFIED,
        "h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=; log=sum.golang.org; tree=72201322");
    headers.put(MIRROR, "store");
    headers.put(TRACE, "0af7651916cd43dd8448eb211c80319c");
    headers.put(Headers.CACHE_CONTROL, "public, max-age=31536000, immutable");
    headers.put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    headers.put(Headers.ETAG, answer.tag);
    headers.put(Headers.CONTENT_LENGTH, answer.body.length);
    exchange.getResponseSender().send(ByteBuffer.wrap(answer.body), IoCallback.END_EXCHANGE);
  }
}
