package dev.modgate.chain;

import dev.modgate.chain.credential.ClientGrant;
import dev.modgate.chain.credential.Credential;
import dev.modgate.chain.credential.CredentialHeader;
import dev.modgate.chain.credential.LoginRequest;
import dev.modgate.chain.credential.NoCredential;
import dev.modgate.chain.credential.SecretWriter;
import dev.modgate.chain.credential.StandingCredential;
import dev.modgate.chain.credential.TokenCredential;
import dev.modgate.chain.credential.TokenEndpoint;
import dev.modgate.chain.credential.TokenSource;
import dev.modgate.chain.tls.ClientCertificate;
import dev.modgate.secret.CertificateFiles;
import dev.modgate.secret.Credentials;
import dev.modgate.secret.Credentials.Use;
import dev.modgate.secret.LiveSecret;
import dev.modgate.secret.Netrc;
import dev.modgate.secret.RecentSecrets;
import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretListener;
import dev.modgate.secret.SecretReference;
import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** Makes the credentials of mirrors out of what the operator says of them. */
final class MirrorCredentials {

  private final InstantSource clock;
  private final SecretListener listener;

  /** By their place in the configuration: a reason if it can't be used now. */
  private final Map<String, Supplier<Parsed<?>>> checks = new LinkedHashMap<>();

  MirrorCredentials(InstantSource clock, SecretListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  Credential of(MirrorSettings mirror, HttpClients clients) {
    String owner = place(mirror) + ".credentials";
    return switch (mirror.credentials()) {
      case Credentials.None() -> new NoCredential();
      case Credentials.Basic(Secret userAndPassword) ->
          standing(
              secret(owner, new SecretReference.Held(userAndPassword)), CredentialHeader::basic);
      case Credentials.Account(String user, SecretReference password) ->
          new StandingCredential(
              secret(owner, password),
              now ->
                  SecretWriter.pair(user, now).then(pair -> valid(CredentialHeader.basic(pair))));
      case Credentials.Bearer(SecretReference token) ->
          standing(secret(owner, token), CredentialHeader::bearer);
      case Credentials.NetrcFile(Path file) ->
          standing(netrc(owner, file, mirror.url()), CredentialHeader::basic);
      case Credentials.ClientGrant grant ->
          token(
              new ClientGrant(
                  grant,
                  secret(owner, grant.secret()),
                  endpoint(grant.tokenEndpoint(), mirror, clients),
                  clock),
              CredentialHeader::bearer);
      case Credentials.Login login -> token(login(owner, login, mirror, clients), use(login.use()));
    };
  }

  private static String place(MirrorSettings mirror) {
    return "mirrors." + mirror.name();
  }

  Optional<ClientCertificate> certificate(MirrorSettings mirror) {
    return mirror.certificate().map(files -> certificate(place(mirror) + ".tls", files));
  }

  private ClientCertificate certificate(String owner, CertificateFiles files) {
    ClientCertificate certificate = new ClientCertificate(owner, files, clock);
    checks.put(owner, certificate::current);
    return certificate;
  }

  /**
   * Reads what there is to read.
   *
   * @throws IOException with the first reason
   */
  void check() throws IOException {
    for (Map.Entry<String, Supplier<Parsed<?>>> each : checks.entrySet()) {
      if (each.getValue().get() instanceof Parsed.Invalid<?>(String reason)) {
        throw new IOException(each.getKey() + ": " + reason);
      }
    }
  }

  private static Credential standing(LiveSecret secret, Function<Secret, CredentialHeader> header) {
    return new StandingCredential(secret, now -> valid(header.apply(now)));
  }

  private Credential token(TokenSource source, Function<Secret, CredentialHeader> header) {
    return new TokenCredential(
        source, header, new RecentSecrets(listener), clock, Thread::startVirtualThread);
  }

  private TokenSource login(
      String owner, Credentials.Login login, MirrorSettings mirror, HttpClients clients) {
    return new LoginRequest(
        login,
        login.header().map(header -> secret(owner + ".login.header", header.value())),
        login.body().map(body -> secret(owner + ".login.body", body.text())),
        endpoint(login.endpoint(), mirror, clients),
        clock);
  }

  private static Function<Secret, CredentialHeader> use(Use use) {
    return switch (use) {
      case Use.AsHeader(String name, String scheme) ->
          token -> CredentialHeader.of(name, scheme, token);
      case Use.AsCookie(String name) -> token -> CredentialHeader.cookie(name, token);
    };
  }

  /** At the mirror's own origin it is the mirror that is asked: with its certificate. */
  private static TokenEndpoint endpoint(URI url, MirrorSettings mirror, HttpClients clients) {
    boolean own =
        HttpMirror.sameOrigin(HttpUrl.get(url.toString()), HttpUrl.get(mirror.url().toString()));
    return new TokenEndpoint(url, clients.named(own), mirror.timeouts().firstByte());
  }

  private LiveSecret secret(String owner, SecretReference reference) {
    return checked(owner, LiveSecret.of(owner, reference, clock, listener));
  }

  private LiveSecret netrc(String owner, Path file, URI url) {
    return checked(
        owner,
        LiveSecret.inFile(
            owner,
            file,
            Netrc.MAX_BYTES,
            text -> Netrc.userAndPassword(text, url.getHost()),
            clock,
            listener));
  }

  private LiveSecret checked(String owner, LiveSecret secret) {
    checks.put(owner, secret::current);
    return secret;
  }

  private static Parsed<CredentialHeader> valid(CredentialHeader header) {
    return Parsed.valid(header);
  }
}
