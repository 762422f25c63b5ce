package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CertifiedMirror;
import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.FakeAuthority.Issued;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror that lets nobody in without a certificate of its authority, and the real go command. */
final class MutualTlsIT {

  private static final String WANTED = "TLS: the mirror wants a client certificate that it trusts";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FakeLog log = new FakeLog("localhost.localdev/sumdb", 11);
  private final Shelf shelf = new Shelf(log);
  private final FakeModule first = new FakeModule("mutual.test/first@v1.0.0");
  private final FakeModule second = new FakeModule("mutual.test/second@v1.0.0");
  private final FakeModule third = new FakeModule("mutual.test/third@v1.0.0");
  private final FakeAuthority servers = FakeAuthority.root("CN=servers");
  private final FakeAuthority clients = FakeAuthority.root("CN=clients");
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;
  private CertifiedMirror mirror;

  @BeforeEach
  void start() throws IOException {
    List.of(first, second, third).forEach(shelf::publish);
    mirror = new CertifiedMirror(shelf, servers.issue(Form.ofServer()), clients);
  }

  @AfterEach
  void end() throws IOException {
    mirror.close();
    http.close();
  }

  @Test
  void goModDownload_withACertificate_isServed_alsoAfterARotation() throws Exception {
    Issued old = client(clients, "CN=old");
    write(old, old);
    try (ModgateProcess modgate = gate(true)) {
      assertDownloaded(modgate, first);
      assertEquals(Set.of("CN=old"), seen());

      Issued rotated = client(clients, "CN=rotated");
      write(rotated, old);
      assertDownloaded(modgate, second);
      assertEquals(Set.of("CN=old"), seen(), "half of the new pair");

      write(rotated, rotated);
      assertDownloaded(modgate, third);
      assertEquals(Set.of("CN=rotated"), seen());
    }
  }

  @Test
  void goModDownload_withoutACertificate_isRefusedWithTheReason() throws Exception {
    try (ModgateProcess modgate = gate(false)) {
      assertRefused(modgate);
    }
  }

  @Test
  void goModDownload_withACertificateOfAnotherAuthority_isRefused_untilItIsReplaced()
      throws Exception {
    Issued strange = client(FakeAuthority.root("CN=strangers"), "CN=strange");
    write(strange, strange);
    try (ModgateProcess modgate = gate(true)) {
      assertRefused(modgate);
      Issued right = client(clients, "CN=right");
      write(right, right);
      awaitServed(modgate);
      assertDownloaded(modgate, first);
      assertEquals(Set.of("CN=right"), seen());
    }
  }

  private static Issued client(FakeAuthority authority, String name) {
    return authority.issue(Form.of(name, List.of()).purpose(KeyPurposeId.id_kp_clientAuth));
  }

  private void write(Issued certificate, Issued key) throws IOException {
    Files.writeString(folder.resolve("client.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("client.key"), key.keyPem());
  }

  private ModgateProcess gate(boolean certified) throws IOException {
    Path ca = Files.writeString(folder.resolve("servers.pem"), servers.certificatePem());
    String shown =
        certified
            ? ", certificate: %s, key: %s"
                .formatted(folder.resolve("client.pem"), folder.resolve("client.key"))
            : "";
    String config =
        """
        goproxy: corp
        sumdb: ["%s"]
        sumdb-timeout: 5s
        mirrors:
          corp:
            url: %s
            tls: {ca: %s%s}
            breaker: {open: 100ms}
        """
            .formatted(log.keyText(), mirror.url(), ca, shown);
    Path file = Files.writeString(folder.resolve("modgate.yaml"), config);
    return ModgateProcess.serve(folder.resolve("data"), file, Map.of());
  }

  private GoCommand.Result download(ModgateProcess modgate, FakeModule module, Path home)
      throws IOException, InterruptedException {
    Path project = Files.createDirectories(home.resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module it.test/project\n\ngo 1.20\n");
    return new GoCommand(home, project)
        .with("GOPROXY", modgate.url())
        .with("GOSUMDB", log.keyText())
        .run("mod", "download", module.version().toString());
  }

  private void assertDownloaded(ModgateProcess modgate, FakeModule module)
      throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(folder, "go");
    GoCommand.Result result = download(modgate, module, home);
    assertEquals(0, result.exit(), result.output());
    Path zip = home.resolve("mod/cache/download" + module.base() + ".zip");
    assertArrayEquals(module.zip(), Files.readAllBytes(zip));
  }

  /** Whether the mirror relays the log is asked again some seconds after it could not say so. */
  private void awaitServed(ModgateProcess modgate) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (get(modgate.url() + first.base() + ".mod").statusCode() != 200) {
      assertTrue(System.nanoTime() < end, "the new certificate does not help");
      Thread.sleep(100);
    }
  }

  /** In the words of the mirror's failure, wherever one looks; and nobody was let in. */
  private void assertRefused(ModgateProcess modgate) throws IOException, InterruptedException {
    GoCommand.Result result = download(modgate, first, Files.createTempDirectory(folder, "go"));
    assertNotEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains(WANTED), result.output());
    HttpResponse<String> answer = get(modgate.url() + first.base() + ".mod");
    assertEquals(502, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("corp: " + WANTED), answer.body());
    String status = get(modgate.admin() + "/status").body();
    assertTrue(status.contains(WANTED), status);
    assertEquals(Set.of(), seen());
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Whose certificates the mirror has seen since it was last looked. */
  private Set<String> seen() {
    Set<String> guests = mirror.guests();
    mirror.forgetGuests();
    return guests;
  }
}
