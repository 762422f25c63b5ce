package dev.modgate.chain.tls;

import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.WatchedFile;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * A client certificate for TLS. Rotated files count from the next connection on, with a TLS context
 * of their own, so that no session of the old certificate is taken up again. A pair that can't be
 * used, such as one of which only half is written yet, changes nothing.
 */
public final class ClientCertificate {

  /** Bytes of a file. */
  private static final int LIMIT = 256 * 1024;

  private static final System.Logger LOG = System.getLogger("modgate.credentials");

  private final String owner;
  private final Half certificate;
  private final Half key;
  private boolean changed;
  private Optional<PemIdentity> held = Optional.empty();
  private String problem = "";

  public ClientCertificate(String owner, CertificateFiles files, InstantSource clock) {
    this.owner = owner;
    this.certificate = new Half("certificate", files.certificate(), clock);
    this.key = new Half("key", files.key(), clock);
  }

  /** The same client, which shows this certificate where it is asked for one. */
  public OkHttpClient on(OkHttpClient client) {
    X509TrustManager trust = client.x509TrustManager();
    return client.newBuilder().sslSocketFactory(new Sockets(trust), trust).build();
  }

  /** The pair in use, or why there never was one; it is the same object until it is rotated. */
  public synchronized Parsed<PemIdentity> current() {
    boolean usable = true;
    for (Half half : List.of(certificate, key)) {
      switch (half.file.look()) {
        case WatchedFile.Same() -> {}
        case WatchedFile.Changed now -> {
          half.text = now.text();
          changed = true;
        }
        case WatchedFile.Unusable(String reason) -> {
          complain("the " + half.name + " file " + reason);
          usable = false;
        }
      }
    }
    if (usable && changed) {
      changed = false;
      take(PemIdentity.parse(certificate.text, key.text));
    }
    return held.<Parsed<PemIdentity>>map(Parsed::valid).orElseGet(() -> Parsed.invalid(problem));
  }

  private void take(Parsed<PemIdentity> pair) {
    switch (pair) {
      case Parsed.Valid<PemIdentity>(PemIdentity identity) -> {
        held = Optional.of(identity);
        problem = "";
      }
      case Parsed.Invalid<PemIdentity>(String reason) -> complain(reason);
    }
  }

  /** Once for each new problem. */
  private void complain(String reason) {
    if (!reason.equals(problem)) {
      problem = reason;
      String then = held.isPresent() ? "; the one before stays in use" : "";
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}{2}", owner, reason, then);
    }
  }

  /** One of the two files. */
  private static final class Half {
    private final String name;
    private final WatchedFile file;
    private String text = "";

    Half(String name, Path path, InstantSource clock) {
      this.name = name;
      this.file = new WatchedFile(path, LIMIT, clock);
    }
  }

  /** Each socket is made by the context of the pair that is in use then. */
  private final class Sockets extends SSLSocketFactory {
    private final X509TrustManager trust;
    private Optional<PemIdentity> of = Optional.empty();
    private SSLSocketFactory factory;

    Sockets(X509TrustManager trust) {
      this.trust = trust;
      this.factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private synchronized SSLSocketFactory now() throws IOException {
      return switch (current()) {
        case Parsed.Valid<PemIdentity>(PemIdentity identity) -> {
          if (of.isEmpty() || of.get() != identity) {
            factory = context(identity, trust).getSocketFactory();
            of = Optional.of(identity);
          }
          yield factory;
        }
        case Parsed.Invalid<PemIdentity> _ -> throw new SSLException("no client certificate");
      };
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return now().createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return now().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return now().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return now().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return now().createSocket(host, port, local, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }
  }

  private static SSLContext context(PemIdentity identity, X509TrustManager trust)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.keyManagers(), new TrustManager[] {trust}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new SSLException("client certificate", e);
    }
  }
}
