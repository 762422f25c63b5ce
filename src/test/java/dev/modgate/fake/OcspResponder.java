package dev.modgate.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Says of every certificate of an authority that it is good, or that it is revoked (RFC 6960). */
public final class OcspResponder implements AutoCloseable {

  private final FakeAuthority authority;
  private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public OcspResponder(FakeAuthority authority) throws IOException {
    this.authority = authority;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp");
  }

  public void revoke(FakeAuthority.Issued issued) {
    revoked.add(issued.certificate().getSerialNumber());
  }

  /** Requests so far. */
  public int asked() {
    return asked.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      byte[] answer = answer(new OCSPReq(request(exchange))).getEncoded();
      exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (GeneralSecurityException | OCSPException | OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  /** In the body of a POST, or in the path of a GET (RFC 6960 appendix A.1). */
  private static byte[] request(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      return exchange.getRequestBody().readAllBytes();
    }
    String path = exchange.getRequestURI().getPath();
    return Base64.getDecoder().decode(path.substring("/ocsp/".length()));
  }

  private OCSPResp answer(OCSPReq request)
      throws GeneralSecurityException, OCSPException, OperatorCreationException {
    X509CertificateHolder signer = new JcaX509CertificateHolder(authority.certificate());
    BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(signer.getSubject()));
    Instant now = Instant.now();
    for (Req one : request.getRequestList()) {
      CertificateStatus status =
          revoked.contains(one.getCertID().getSerialNumber())
              ? new RevokedStatus(
                  Date.from(now.minus(Duration.ofHours(1))), CRLReason.keyCompromise)
              : CertificateStatus.GOOD;
      builder.addResponse(
          one.getCertID(),
          status,
          Date.from(now.minus(Duration.ofMinutes(1))),
          Date.from(now.plus(Duration.ofHours(1))));
    }
    Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (nonce != null) {
      builder.setResponseExtensions(new Extensions(nonce));
    }
    ContentSigner signing = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key());
    return new OCSPRespBuilder()
        .build(
            OCSPRespBuilder.SUCCESSFUL,
            builder.build(signing, new X509CertificateHolder[] {signer}, Date.from(now)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
