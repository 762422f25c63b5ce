package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.modgate.verify.sumdb.LogSource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A mirror that keeps to the protocol, except where it is told otherwise. */
public final class ObedientMirror implements HttpHandler {

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final FakeLog log;
  private final String relay;

  /**
   * @param log that it relays
   */
  public ObedientMirror(FakeLog log) {
    this.log = log;
    this.relay = "/sumdb/" + log.name();
    answer(relay + "/supported", 200, new byte[0]);
  }

  private static final class Answer {
    private final int status;
    private final byte[] body;

    Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }
  }

  /** Puts a module, its list and its latest version on the mirror. */
  public void serve(FakeModule module) {
    String folder = "/" + module.version().path().escaped();
    answer(folder + "/@v/list", 200, (module.version().version() + "\n").getBytes(UTF_8));
    answer(folder + "/@latest", 200, module.info());
    answer(module.base() + ".info", 200, module.info());
    answer(module.base() + ".mod", 200, module.goMod());
    answer(module.base() + ".zip", 200, module.zip());
  }

  public void answer(String path, int status, byte[] body) {
    answers.put(path, new Answer(status, body));
  }

  /** A header of every answer from now on. */
  public void header(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Answer told = answers.get(path);
      Answer answer = told != null ? told : other(path);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          answer.status, answer.body.length == 0 ? -1 : answer.body.length);
      exchange.getResponseBody().write(answer.body);
    }
  }

  private Answer other(String path) {
    if (!path.startsWith(relay + "/")) {
      return new Answer(404, "not found\n".getBytes(UTF_8));
    }
    return switch (log.get(path.substring(relay.length()))) {
      case LogSource.Answer.Body(byte[] bytes) -> new Answer(200, bytes);
      case LogSource.Answer.Missing(int status, String text) ->
          new Answer(status, text.getBytes(UTF_8));
      case LogSource.Answer.Failed(String reason) -> new Answer(500, reason.getBytes(UTF_8));
    };
  }
}
