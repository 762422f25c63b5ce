package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** An HTTPS server that shows a given certificate. */
public final class TlsServer implements AutoCloseable {

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** On a free port of the loopback address; answers every request with 200 and {@code ok}. */
  public TlsServer(FakeAuthority.Issued shown) throws IOException {
    this(shown, TlsServer::ok);
  }

  /** On a free port of the loopback address. */
  public TlsServer(FakeAuthority.Issued shown, HttpHandler handler) throws IOException {
    this(shown, handler, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public TlsServer(FakeAuthority.Issued shown, HttpHandler handler, InetSocketAddress address)
      throws IOException {
    this.server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(shown)));
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  private static void ok(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = "ok".getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static SSLContext context(FakeAuthority.Issued shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Showing(shown)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows the chain as it is: a key store would look at it first. */
  @SuppressWarnings("NullAway") // X509KeyManager: "null if there are no matches"
  private static final class Showing extends X509ExtendedKeyManager {
    private static final String ALIAS = "mirror";

    private final FakeAuthority.Issued shown;

    Showing(FakeAuthority.Issued shown) {
      this.shown = shown;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return type.equals(shown.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return type.equals(shown.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return shown.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return shown.key();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }
  }

  public String url() {
    return "https://localhost:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
