package dev.modgate.chain.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.modgate.fake.KeyPairs;
import dev.modgate.secret.CertificateFiles;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS server that lets nobody in without a certificate, and says whose it saw. */
final class ClientCertificateTest {

  @TempDir Path folder;

  @Test
  void handshake_withACertificate_isTheClients_alsoAfterARotation() throws Exception {
    KeyPairs server = KeyPairs.generate(folder, "server", "EC");
    KeyPairs first = KeyPairs.generate(folder, "first", "EC");
    KeyPairs second = KeyPairs.generate(folder, "second", "RSA");
    X509TrustManager clients = trusting(first, second);
    HttpsServer https = start(context(server, clients));
    try {
      OkHttpClient plain = client(trusting(server));
      String url = "https://127.0.0.1:" + https.getAddress().getPort() + "/";
      write(first.certificatePem(), first.keyPem());
      OkHttpClient certified = certificate().on(plain);
      assertEquals("CN=first", ask(certified, url));

      Files.writeString(folder.resolve("cert.pem"), second.certificatePem());
      assertEquals("CN=first", ask(fresh(certified), url), "half of the new pair");
      Files.writeString(folder.resolve("key.pem"), second.keyPem());
      assertEquals("CN=second", ask(fresh(certified), url));

      assertThrows(IOException.class, () -> ask(fresh(plain), url), "the server does demand one");
      assertRefusals(first, second);
    } finally {
      https.stop(0);
    }
  }

  private void assertRefusals(KeyPairs first, KeyPairs second) throws Exception {
    write(first.certificatePem(), second.keyPem());
    assertEquals("the key file holds another key than the certificate's", reason());
    write(first.certificatePem(), first.keyPem().replace("PRIVATE KEY", "EC PRIVATE KEY"));
    assertEquals(
        "the key file holds no BEGIN PRIVATE KEY; convert it: openssl pkcs8 -topk8 -nocrypt",
        reason());
    write("no certificate", first.keyPem());
    assertEquals("the certificate file holds no certificate in PEM", reason());
    Files.delete(folder.resolve("cert.pem"));
    assertEquals("the certificate file does not exist", reason());
    write(first.certificatePem(), first.keyPem());
    ClientCertificate certificate = certificate();
    assertSame(certificate.current().orThrow(), certificate.current().orThrow());
  }

  private String reason() {
    return switch (certificate().current()) {
      case Parsed.Valid<PemIdentity> _ -> "valid";
      case Parsed.Invalid<PemIdentity>(String reason) -> reason;
    };
  }

  private ClientCertificate certificate() {
    CertificateFiles files =
        new CertificateFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    return new ClientCertificate("mirrors.corp.tls", files, InstantSource.system());
  }

  private void write(String certificate, String key) throws IOException {
    Files.writeString(folder.resolve("cert.pem"), certificate);
    Files.writeString(folder.resolve("key.pem"), key);
  }

  /** The same client with no open connection. */
  private static OkHttpClient fresh(OkHttpClient client) {
    return client.newBuilder().connectionPool(new ConnectionPool()).build();
  }

  private static String ask(OkHttpClient client, String url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }

  private static OkHttpClient client(X509TrustManager trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[0], new TrustManager[] {trust}, new SecureRandom());
    return new OkHttpClient.Builder().sslSocketFactory(context.getSocketFactory(), trust).build();
  }

  private static HttpsServer start(SSLContext context) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext("/", ClientCertificateTest::tellWho);
    server.start();
    return server;
  }

  private static void tellWho(HttpExchange exchange) throws IOException {
    byte[] name =
        ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, name.length);
    exchange.getResponseBody().write(name);
    exchange.close();
  }

  private static SSLContext context(KeyPairs server, X509TrustManager clients) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    Certificate[] chain = {server.certificate()};
    store.setKeyEntry("server", server.key(), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {clients}, new SecureRandom());
    return context;
  }

  private static X509TrustManager trusting(KeyPairs... pairs) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    for (int i = 0; i < pairs.length; i++) {
      store.setCertificateEntry("trusted-" + i, pairs[i].certificate());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
