package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Where modules are developed: git over HTTPS, as git's own http-backend serves it. Nothing
 * resolves the hosts of its modules; a rule of git's configuration leads to it.
 */
final class GitServer implements AutoCloseable {

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final HttpsServer server;
  private volatile Optional<String> demanded = Optional.empty();

  GitServer(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    Files.createDirectories(folder.resolve("repositories"));
    makeKey();
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** From now on only this user is served. */
  void demand(String userAndPassword) {
    demanded = Optional.of(userAndPassword);
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** A git configuration that leads from a host to this server. */
  Path rulesFor(String host) throws IOException {
    String rule = "[url \"https://%s/\"]\n\tinsteadOf = https://%s/\n".formatted(host(), host);
    return Files.writeString(folder.resolve("rules"), rule);
  }

  /** A repository {@code m} for the module {@code host/m.git}, with a tag for each version. */
  void publish(String source, FakeModule... versions) throws Exception {
    String name = versions[0].version().path().text().split("/", -1)[1].replace(".git", "");
    Path work = Files.createDirectories(folder.resolve("work-" + name));
    git(work, "init", "-q", "-b", "main");
    for (FakeModule version : versions) {
      Files.write(work.resolve("go.mod"), version.goMod());
      Files.writeString(work.resolve("fake.go"), source);
      git(work, "add", ".");
      git(work, "commit", "-q", "--allow-empty", "-m", "a version");
      git(work, "tag", version.version().version());
    }
    git(folder, "clone", "-q", "--bare", work.toString(), "repositories/" + name);
  }

  private static void git(Path in, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of("-c", "user.name=it", "-c", "user.email=it@it.test"));
    command.addAll(List.of(arguments));
    run(in, command);
  }

  private static void run(Path in, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + "\n" + output);
    }
  }

  private void makeKey() throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> store = List.of("-keystore", "key.p12", "-storepass", PASSWORD, "-alias", "it");
    List<String> make = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "EC"));
    make.addAll(List.of("-dname", "CN=127.0.0.1", "-validity", "2"));
    make.addAll(List.of("-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true"));
    make.addAll(store);
    run(folder, make);
    List<String> export = new ArrayList<>(List.of(keytool, "-exportcert", "-rfc"));
    export.addAll(List.of("-file", "ca.pem"));
    export.addAll(store);
    run(folder, export);
  }

  private SSLContext tls() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("key.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isStranger(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"it\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      backend(exchange);
    }
  }

  private boolean isStranger(HttpExchange exchange) {
    String shown =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    return demanded
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)))
        .filter(header -> !header.equals(shown))
        .isPresent();
  }

  /** RFC 3875, as far as git-http-backend(1) needs it. */
  private void backend(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> variables = builder.environment();
    variables.put("GIT_PROJECT_ROOT", folder.resolve("repositories").toString());
    variables.put("GIT_HTTP_EXPORT_ALL", "1");
    variables.put("PATH_INFO", exchange.getRequestURI().getPath());
    variables.put(
        "QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    variables.put("REQUEST_METHOD", exchange.getRequestMethod());
    variables.put("REMOTE_ADDR", "127.0.0.1");
    header(exchange, "Content-Type", "CONTENT_TYPE", variables);
    header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", variables);
    header(exchange, "Git-Protocol", "GIT_PROTOCOL", variables);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      exchange.getRequestBody().transferTo(in);
    }
    pass(process.getInputStream().readAllBytes(), exchange);
  }

  private static void header(
      HttpExchange exchange, String header, String variable, Map<String, String> variables) {
    Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
        .ifPresent(value -> variables.put(variable, value));
  }

  private static void pass(byte[] output, HttpExchange exchange) throws IOException {
    int end = new String(output, ISO_8859_1).indexOf("\r\n\r\n");
    int status = 200;
    for (String line : new String(output, 0, end, ISO_8859_1).split("\r\n", -1)) {
      String[] field = line.split(": ", 2);
      if (field[0].equals("Status")) {
        status = Integer.parseInt(field[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(field[0], field[1]);
      }
    }
    int size = output.length - end - 4;
    exchange.sendResponseHeaders(status, size == 0 ? -1 : size);
    exchange.getResponseBody().write(output, end + 4, size);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
