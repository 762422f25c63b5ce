package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A mirror on https that lets nobody in without a certificate of its authority. Each request has a
 * connection of its own. Who is turned away is told so by an alert, and then listened to until he
 * hangs up: a connection that is reset could take the alert with it.
 */
public final class CertifiedMirror implements AutoCloseable {

  private static final Pattern REQUEST = Pattern.compile("GET (\\S+) HTTP/1\\.1");

  private final Shelf shelf;
  private final SSLContext context;
  private final ServerSocket server;
  private final Set<String> guests = new ConcurrentSkipListSet<>();

  /**
   * @param shown the mirror's own certificate
   * @param clients whose certificates it takes
   */
  public CertifiedMirror(Shelf shelf, FakeAuthority.Issued shown, FakeAuthority clients)
      throws IOException {
    this.shelf = shelf;
    this.context = context(shown, clients);
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "https://localhost:" + server.getLocalPort();
  }

  /** The subjects of the certificates of all that were answered. */
  public Set<String> guests() {
    return Set.copyOf(guests);
  }

  /** Forgets who was answered. */
  public void forgetGuests() {
    guests.clear();
  }

  private static SSLContext context(FakeAuthority.Issued shown, FakeAuthority clients) {
    try {
      KeyStore own = empty();
      X509Certificate[] chain = shown.chain().toArray(X509Certificate[]::new);
      own.setKeyEntry("mirror", shown.key(), new char[0], chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      KeyStore trusted = empty();
      trusted.setCertificateEntry("clients", clients.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // It is closed: the loop looks.
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, false);
      socket.setUseClientMode(false);
      socket.setNeedClientAuth(true);
      try {
        socket.startHandshake();
      } catch (SSLHandshakeException refused) {
        drain(plain.getInputStream());
        return;
      }
      answer(socket);
      socket.close();
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static void drain(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // It is not read.
    }
  }

  private void answer(SSLSocket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = Optional.ofNullable(in.readLine()).orElse("");
    Matcher request = REQUEST.matcher(line);
    while (!line.isEmpty()) {
      line = Optional.ofNullable(in.readLine()).orElse("");
    }
    if (!request.matches()) {
      return;
    }
    guests.add(socket.getSession().getPeerPrincipal().getName());
    Optional<byte[]> file = shelf.honest(request.group(1));
    byte[] body = file.orElse("not found\n".getBytes(ISO_8859_1));
    String head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(file.isPresent() ? "200 OK" : "404 Not Found", body.length);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
