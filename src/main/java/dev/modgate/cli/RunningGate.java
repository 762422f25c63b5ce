package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A gate that serves somewhere, as its clients see it.
 *
 * @param url of the module listener, without a slash at its end
 * @param admin of the admin listener, likewise
 */
record RunningGate(String url, String admin) {

  private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(2).toMillis());

  /** Bytes of an answer. */
  private static final int LONGEST = 1 << 20;

  /** What it says where there is nothing; a gate that knows no builds says something else. */
  private static final String NOTHING = "not part of the GOPROXY protocol";

  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  private record Answer(int status, String body) {}

  /** Whether modules are served there, to a build of this prefix too. */
  boolean serves(String prefix) {
    return get(url + prefix + "/")
        .filter(answer -> answer.status() == 404 && answer.body().startsWith(NOTHING))
        .isPresent();
  }

  /** Whether the admin listener keeps accounts of builds. */
  boolean keepsAccounts() {
    return get(admin + "/status")
        .flatMap(RunningGate::json)
        .flatMap(status -> status.find("builds"))
        .isPresent();
  }

  /**
   * What the build has asked for, as soon as its last request has ended. An answer has been read a
   * little before the gate knows.
   *
   * @return empty if the gate does not say, or nothing was asked for
   */
  Optional<String> account(String id) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Optional<Answer> answer = get(admin + "/builds/" + id).filter(found -> found.status() == 200);
      boolean isSettled =
          answer
              .flatMap(RunningGate::json)
              .flatMap(account -> account.find("open"))
              .map(open -> open instanceof Node.Numeral(int _, String text) && text.equals("0"))
              .orElse(true);
      if (isSettled || System.nanoTime() - start > SETTLING.toNanos()) {
        return answer.map(Answer::body);
      }
      Thread.sleep(LOOK);
    }
  }

  private static Optional<Node.Mapping> json(Answer answer) {
    return json(answer.body());
  }

  /** An object, if it is one. */
  static Optional<Node.Mapping> json(String body) {
    return switch (DocumentReader.json(body.getBytes(UTF_8))) {
      case Parsed.Valid<Node>(Node.Mapping object) -> Optional.of(object);
      case Parsed.Valid<Node> _, Parsed.Invalid<Node> _ -> Optional.empty();
    };
  }

  /** Through no proxy, and no further than asked. */
  private static Optional<Answer> get(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(PATIENCE);
      connection.setReadTimeout(PATIENCE);
      connection.setInstanceFollowRedirects(false);
      try {
        int status = connection.getResponseCode();
        try (InputStream body =
            status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
          return Optional.of(new Answer(status, new String(body.readNBytes(LONGEST), UTF_8)));
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
