package dev.modgate.chain;

import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.chain.tls.TlsSettings.Revocation;
import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.FakeAuthority.Issued;
import dev.modgate.fake.OcspResponder;
import dev.modgate.fake.TlsServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Mirrors that show good and bad certificates, each on a server of its own. */
final class TlsCases implements AutoCloseable {

  /** Of each case and client; each on a new connection without a session. */
  static final int HANDSHAKES = 5;

  private static final URI NOBODY = URI.create("http://127.0.0.1:1/ocsp");

  private final Instant now = Instant.now();
  private final FakeAuthority root = FakeAuthority.root("CN=root");
  private final List<TlsServer> servers = new ArrayList<>();
  private final List<Case> cases = new ArrayList<>();
  private final OcspResponder responder = new OcspResponder(root);

  TlsCases() throws IOException {
    good();
    badDates();
    badIssuers();
    badPurpose();
    weak();
    revoked();
    pinned();
  }

  /**
   * One mirror.
   *
   * @param shows what of itself
   * @param tls what modgate is told of it
   */
  record Case(String shows, String url, TlsSettings tls, boolean isGood) {}

  /**
   * What its handshakes came to.
   *
   * @param says the texts of the failures
   */
  record Outcome(int accepted, Set<String> says, int acceptedWithVerificationOff) {
    String row(String shows) {
      return "| %s | %d of %d | %s | %d of %d |\n"
          .formatted(
              shows,
              accepted,
              HANDSHAKES,
              says.isEmpty() ? "–" : String.join("; ", says),
              acceptedWithVerificationOff,
              HANDSHAKES);
    }
  }

  List<Case> all() {
    return List.copyOf(cases);
  }

  static Outcome run(Case each) throws IOException, GeneralSecurityException {
    int accepted = 0;
    int off = 0;
    Set<String> says = new TreeSet<>();
    for (int i = 0; i < HANDSHAKES; i++) {
      try (Mirrors mirrors = Settings.mirrors()) {
        MirrorSettings settings = Settings.with(Settings.of("m", each.url()), each.tls());
        switch (mirrors.of(settings).get(MirrorRequest.inMemory("/x", 100))) {
          case Reply.Content _ -> accepted++;
          case Reply.NotThere(int status, String _) -> says.add("answered " + status);
          case Reply.Cut(Failure failure, var _) -> says.add(failure.text());
          case Reply.Failed(Failure failure) -> says.add(failure.text());
        }
      }
      off += isTakenWithVerificationOff(each.url()) ? 1 : 0;
    }
    return new Outcome(accepted, says, off);
  }

  /** The control: a client that believes everything. */
  private static boolean isTakenWithVerificationOff(String url)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    Credulous credulous = new Credulous();
    context.init(null, new TrustManager[] {credulous}, null);
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(context.getSocketFactory(), credulous)
            .hostnameVerifier((_, _) -> true)
            .build();
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code() == 200;
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private void good() throws IOException {
    add("a certificate of a known authority", server(Form.ofServer()), u -> u, true);
    FakeAuthority between = root.below(Form.of("CN=between", List.of()));
    Issued below = between.issue(Form.ofServer());
    add("one with an authority in between", below, u -> u, true);
    Form withResponder = Form.ofServer().responder(responder.uri());
    add(
        "one that OCSP calls good (`ocsp-required`)",
        server(withResponder),
        TlsCases::required,
        true);
    add(
        "one of whose key an authority above is pinned",
        below,
        tls -> pins(tls, CertificatePinner.pin(between.certificate())),
        true);
  }

  private void badDates() throws IOException {
    Form form = Form.ofServer();
    Instant yesterday = now.minus(Duration.ofDays(1));
    Instant tomorrow = now.plus(Duration.ofDays(1));
    Instant before = now.minus(Duration.ofDays(60));
    Instant after = now.plus(Duration.ofDays(60));
    bad("an expired certificate", server(form.valid(before, yesterday)));
    bad("one that is not valid yet", server(form.valid(tomorrow, after)));
    FakeAuthority expired = root.below(Form.of("CN=expired", List.of()).valid(before, yesterday));
    bad("one of an authority that has expired", expired.issue(form));
    Issued own = FakeAuthority.selfSigned(form.valid(before, yesterday));
    bad(
        "an expired one that itself stands in `ca`",
        own,
        tls -> new TlsSettings(List.of(own.certificate()), Set.of(), Set.of(), tls.revocation()));
  }

  private void badIssuers() throws IOException {
    Form form = Form.ofServer();
    bad("one for another host", server(Form.of("CN=localhost", List.of("other.test"))));
    bad("one whose common name alone is the host", server(Form.of("CN=localhost", List.of())));
    bad("a self-signed one", FakeAuthority.selfSigned(form));
    bad("one of an unknown authority", FakeAuthority.root("CN=nobody").issue(form));
    bad("one of an unknown authority by a known name", FakeAuthority.root("CN=root").issue(form));
    Issued server = root.issue(Form.of("CN=server", List.of("server.test")));
    bad("one that another server's certificate has signed", FakeAuthority.of(server).issue(form));
  }

  private void badPurpose() throws IOException {
    bad("one for clients", server(Form.ofServer().purpose(KeyPurposeId.id_kp_clientAuth)));
  }

  private void weak() throws IOException {
    Form form = Form.ofServer();
    bad("an RSA key of 1,024 bits", server(form.keys("RSA1024")));
    bad("a signature over SHA-1", server(form.signature("SHA1")));
    FakeAuthority weak = root.below(Form.of("CN=weak", List.of()).keys("RSA1024"));
    bad("an authority in between with RSA of 1,024 bits", weak.issue(form));
    FakeAuthority sha1 = root.below(Form.of("CN=sha1", List.of()).signature("SHA1"));
    bad("an authority in between that SHA-1 vouches for", sha1.issue(form));
    FakeAuthority weakRoot = FakeAuthority.root(Form.of("CN=weak root", List.of()).keys("RSA1024"));
    bad(
        "a signature by a root with RSA of 1,024 bits",
        weakRoot.issue(form),
        _ -> trusting(weakRoot.certificate()));
  }

  private void revoked() throws IOException {
    Form form = Form.ofServer().responder(responder.uri());
    Issued revoked = root.issue(form);
    responder.revoke(revoked);
    bad("a revoked one (`ocsp`)", revoked, TlsCases::ocsp);
    bad("a revoked one (`ocsp-required`)", revoked, TlsCases::required);
    Issued silent = root.issue(Form.ofServer().responder(NOBODY));
    bad("one whose responder is out of reach (`ocsp-required`)", silent, TlsCases::required);
    bad(
        "one that names no responder (`ocsp-required`)",
        server(Form.ofServer()),
        TlsCases::required);
    add("one whose responder is out of reach (`ocsp`)", silent, TlsCases::ocsp, true);
    add("one that names no responder (`ocsp`)", server(Form.ofServer()), TlsCases::ocsp, true);
  }

  private void pinned() throws IOException {
    String other = CertificatePinner.pin(server(Form.ofServer()).certificate());
    bad("a key that is not pinned", server(Form.ofServer()), tls -> pins(tls, other));
    FakeAuthority between = root.below(Form.of("CN=between", List.of()));
    Issued honest = between.issue(Form.ofServer());
    List<X509Certificate> padded = new ArrayList<>(server(Form.ofServer()).chain());
    Issued server = server(Form.ofServer());
    padded.set(0, server.certificate());
    padded.addAll(honest.chain());
    bad(
        "the same, with the pinned certificate sent along",
        new Issued(server.certificate(), server.key(), padded),
        tls -> pins(tls, CertificatePinner.pin(between.certificate())));
    bad(
        "a certificate without a pinned name",
        server(Form.ofServer()),
        tls ->
            new TlsSettings(
                tls.authorities(), Set.of(), Set.of("mirror.test", "localhost"), tls.revocation()));
  }

  private static TlsSettings ocsp(TlsSettings tls) {
    return new TlsSettings(tls.authorities(), tls.pins(), tls.names(), Revocation.OCSP);
  }

  private static TlsSettings required(TlsSettings tls) {
    return new TlsSettings(tls.authorities(), tls.pins(), tls.names(), Revocation.OCSP_REQUIRED);
  }

  private static TlsSettings pins(TlsSettings tls, String pin) {
    return new TlsSettings(tls.authorities(), Set.of(pin), tls.names(), tls.revocation());
  }

  private static TlsSettings trusting(X509Certificate authority) {
    return new TlsSettings(List.of(authority), Set.of(), Set.of(), Revocation.OFF);
  }

  private Issued server(Form form) {
    return root.issue(form);
  }

  private void bad(String shows, Issued issued) throws IOException {
    bad(shows, issued, tls -> tls);
  }

  private void bad(String shows, Issued issued, UnaryOperator<TlsSettings> told)
      throws IOException {
    add(shows, issued, told, false);
  }

  private void add(String shows, Issued issued, UnaryOperator<TlsSettings> told, boolean good)
      throws IOException {
    TlsServer server = new TlsServer(issued);
    servers.add(server);
    cases.add(new Case(shows, server.url(), told.apply(trusting(root.certificate())), good));
  }

  @Override
  public void close() {
    servers.forEach(TlsServer::close);
    responder.close();
  }

  /** An extended one: the JDK checks on its own what any other lets through. */
  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
