package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.tls.Tls;
import dev.modgate.chain.tls.TlsFault;
import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.chain.tls.TlsSettings.Revocation;
import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.OcspResponder;
import dev.modgate.fake.RawServer;
import dev.modgate.fake.TlsServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handshakes that are about more than a certificate; {@link TlsDocumentTest} has those. */
final class TlsTest {

  private final FakeAuthority root = FakeAuthority.root("CN=root");

  /** A server that staples asks about what another certificate of its chain has issued. */
  private final FakeAuthority between = root.below(Form.of("CN=between", List.of()));

  private final Mirrors mirrors = Settings.mirrors();

  @AfterEach
  void close() {
    mirrors.close();
  }

  @Test
  void tls11_isRefused() throws IOException {
    // A ServerHello that chooses TLS 1.1 and TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA (RFC 4346
    // §7.4.1.3).
    String hello = "\2\0\0\46\3\2" + "r".repeat(32) + "\0\300\23\0";
    try (RawServer server = RawServer.greeting("\26\3\2\0" + (char) hello.length() + hello)) {
      assertEquals(TlsFault.PROTOCOL, why(ask(server.url().replace("http:", "https:"))));
    }
  }

  @Test
  void tls12AndNewer_areAllThatIsOffered() {
    for (var spec : Tls.SPECS) {
      if (spec.isTls()) {
        assertEquals(List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2), spec.tlsVersions());
      }
    }
  }

  @Test
  void aServerWithoutTls_isNamedAsSuch() throws IOException {
    try (RawServer server = RawServer.greeting("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertEquals(TlsFault.NO_TLS, why(ask(server.url().replace("http:", "https:"))));
    }
  }

  @Test
  void anAlertAboutOurCertificate_isNamedAsSuch() throws IOException {
    try (RawServer server = RawServer.greeting("\25\3\3\0\2\2\52")) {
      assertEquals(TlsFault.OUR_CERTIFICATE, why(ask(server.url().replace("http:", "https:"))));
    }
  }

  /** The server asks the responder once and hands its answer on. */
  @Test
  void stapledAnswer_isTaken_whenTheResponderIsGone() throws IOException {
    OcspResponder responder = new OcspResponder(between);
    try (TlsServer server =
        new TlsServer(between.issue(Form.ofServer().responder(responder.uri())))) {
      assertInstanceOf(Reply.Content.class, ask(server.url(), Revocation.OCSP_REQUIRED));
      int asked = responder.asked();
      responder.close();
      for (int i = 0; i < 3; i++) {
        assertInstanceOf(Reply.Content.class, ask(server.url(), Revocation.OCSP_REQUIRED));
      }
      assertEquals(1, asked, "the server alone asked");
    } finally {
      responder.close();
    }
  }

  @Test
  void stapledRevocation_isARefusal_whenTheResponderIsGone() throws IOException {
    OcspResponder responder = new OcspResponder(between);
    FakeAuthority.Issued revoked = between.issue(Form.ofServer().responder(responder.uri()));
    responder.revoke(revoked);
    try (TlsServer server = new TlsServer(revoked)) {
      assertEquals(TlsFault.REVOKED, why(ask(server.url(), Revocation.OCSP)));
      responder.close();
      assertEquals(TlsFault.REVOKED, why(ask(server.url(), Revocation.OCSP)));
    } finally {
      responder.close();
    }
  }

  @Test
  void aRefusal_counts_inTheBreaker() throws IOException {
    try (TlsServer server = new TlsServer(FakeAuthority.selfSigned(Form.ofServer()))) {
      Mirror mirror = mirrors.of(settings(server.url(), Revocation.OFF));
      int window = 4;
      for (int i = 0; i < window; i++) {
        assertEquals(TlsFault.SELF_SIGNED, why(mirror.get(request())));
      }
      assertEquals(new Reply.Failed(new Failure.BreakerOpen()), mirror.get(request()));
    }
  }

  /** A redirect leads elsewhere: what is demanded of the mirror is not demanded there. */
  @Test
  void otherOrigins_areHeldToTheJdksAuthorities_withoutPins() throws IOException {
    TlsSettings strict =
        new TlsSettings(
            List.of(root.certificate()),
            Set.of(CertificatePinner.pin(root.certificate())),
            Set.of("mirror.test"),
            Revocation.OCSP_REQUIRED);
    MirrorSettings settings = Settings.with(Settings.of("m", "https://mirror.test"), strict);
    try (var clock = HttpClients.clock();
        HttpClients clients =
            new HttpClients(
                settings, Tls.of(strict, List.of(), _ -> {}), Optional.empty(), clock)) {
      for (var delivery : MirrorRequest.Delivery.values()) {
        OkHttpClient own = clients.of(true, delivery);
        OkHttpClient foreign = clients.of(false, delivery);
        assertEquals(1, own.certificatePinner().getPins().size());
        assertEquals(Set.of(), foreign.certificatePinner().getPins());
        assertEquals(Tls.SPECS, foreign.connectionSpecs());
        assertEquals(1, own.x509TrustManager().getAcceptedIssuers().length);
        assertTrue(foreign.x509TrustManager().getAcceptedIssuers().length > 20);
      }
    }
  }

  @Test
  void texts_areOnePrintableLine() {
    for (TlsFault why : TlsFault.values()) {
      String text = new Failure.Untrusted(why).text();
      assertTrue(text.matches("TLS: [ -~]{10,76}"), text);
    }
  }

  private Reply ask(String url) {
    return ask(url, Revocation.OFF);
  }

  private Reply ask(String url, Revocation revocation) {
    return mirrors.of(settings(url, revocation)).get(request());
  }

  private MirrorSettings settings(String url, Revocation revocation) {
    return Settings.with(
        Settings.of("m", url),
        new TlsSettings(List.of(root.certificate()), Set.of(), Set.of(), revocation));
  }

  private static MirrorRequest request() {
    return MirrorRequest.inMemory("/x", 100);
  }

  private static TlsFault why(Reply reply) {
    Failure failure = assertInstanceOf(Reply.Failed.class, reply).failure();
    return assertInstanceOf(Failure.Untrusted.class, failure).fault();
  }
}
