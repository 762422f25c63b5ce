package dev.modgate.it;

import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.FakeAuthority.Issued;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeMirror;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mirror of a company at its own address, another one at another, and an attacker at a third
 * address, on the same port, that relays the true log and serves altered modules. Which of them the
 * mirror's name leads to is not decided here.
 */
final class HijackWorld implements AutoCloseable {

  /** Of the company's mirror; it exists in a {@link NameSandbox} alone. */
  static final String NAME = "mirror.corp.test";

  static final String MIRROR = "127.77.0.2";
  static final String ATTACKER = "127.77.0.3";

  /** What the attacker has to show. */
  enum Shown {
    SELF_SIGNED("TLS: the certificate is self-signed"),
    OTHER_AUTHORITY("TLS: the certificate is from an unknown authority"),
    OTHER_NAME("TLS: the certificate is for another host"),
    VALID("checksum-mismatch");

    final String refusal;

    Shown(String refusal) {
      this.refusal = refusal;
    }
  }

  private static final String DATABASE = HermeticWorld.DATABASE;

  private final FakeLog log = new FakeLog(DATABASE, 11);
  private final FakeAuthority authority = FakeAuthority.root("CN=corp");
  private final FakeMirror honest = new FakeMirror(log, DATABASE);
  private final FakeMirror evil = new FakeMirror(log, DATABASE);
  private final AtomicInteger evilAnswers = new AtomicInteger();
  private final TlsServer mirror;
  private final Path folder;
  private final Path certificates;

  final FakeModule module = new FakeModule("hijack.test/victim@v1.0.0").in(log);
  final FakeModule altered = new FakeModule("hijack.test/victim@v1.0.0", "package evil\n");
  final FakeModule later = new FakeModule("hijack.test/later@v1.0.0").in(log);

  HijackWorld(Path folder) throws IOException {
    this.folder = folder;
    honest.serve(module);
    honest.serve(later);
    evil.serve(altered);
    evil.serve(new FakeModule("hijack.test/later@v1.0.0", "package evil\n"));
    mirror =
        new TlsServer(
            authority.issue(Form.of("CN=mirror", List.of(NAME))),
            honest::handle,
            new InetSocketAddress(MIRROR, 0));
    certificates = Files.writeString(folder.resolve("corp-ca.pem"), authority.certificatePem());
  }

  /** The attacker, with a certificate; until it is closed. */
  TlsServer attacker(Shown shown) throws IOException {
    return new TlsServer(
        certificate(shown),
        exchange -> {
          evilAnswers.incrementAndGet();
          evil.handle(exchange);
        },
        new InetSocketAddress(ATTACKER, mirror.port()));
  }

  private Issued certificate(Shown shown) {
    Form right = Form.of("CN=mirror", List.of(NAME));
    return switch (shown) {
      case SELF_SIGNED -> FakeAuthority.selfSigned(right);
      case OTHER_AUTHORITY -> FakeAuthority.root("CN=attacker").issue(right);
      case OTHER_NAME -> authority.issue(Form.of("CN=mirror", List.of("other.corp.test")));
      case VALID -> authority.issue(right);
    };
  }

  /** The company's mirror is gone, with all connections to it. */
  void cutTheMirrorOff() {
    mirror.close();
  }

  /** Requests that the attacker has answered; resets the count. */
  int evilAnswers() {
    return evilAnswers.getAndSet(0);
  }

  /** What curl says inside; with {@code -k} it verifies nothing. */
  NameSandbox.Said curl(NameSandbox sandbox, String... options)
      throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("curl", "-sS", "--noproxy", "*"));
    command.addAll(List.of(options));
    command.add("https://" + NAME + ":" + mirror.port() + module.base() + ".zip");
    return sandbox.run(command.toArray(String[]::new));
  }

  /** A PEM file of the company's authority. */
  String certificates() {
    return certificates.toString();
  }

  /**
   * Starts modgate inside; it asks for an address whenever it connects.
   *
   * @param isAlone the company's mirror is the only one, else {@code corp|backup}
   */
  ModgateProcess gate(NameSandbox sandbox, String data, boolean isAlone) throws IOException {
    String config =
        """
        goproxy: %s
        sumdb: ["%s"]
        mirrors:
          corp:
            url: https://%s:%d
            tls: {ca: %s}
        """
            .formatted(
                isAlone ? "corp" : "corp|backup", log.keyText(), NAME, mirror.port(), certificates);
    String backup = "  backup:\n    url: " + honest.url() + "\n";
    Path file = Files.writeString(folder.resolve(data + ".yaml"), config + (isAlone ? "" : backup));
    return ModgateProcess.serve(
        data(data),
        file,
        Map.of("OTEL_SDK_DISABLED", "true"),
        List.of("-XX:TieredStopAtLevel=1", "-Dsun.net.inetaddr.ttl=0"),
        sandbox.command());
  }

  Path data(String name) {
    return folder.resolve(name);
  }

  /** A go command with empty caches that wants a module from a gate. */
  GoCommand.Result download(ModgateProcess gate, String name, FakeModule wanted)
      throws IOException, InterruptedException {
    return go(gate, name).run("mod", "download", wanted.version().toString());
  }

  /** The zip that a go command of this name got. */
  byte[] downloaded(ModgateProcess gate, String name) throws IOException {
    Path cache = go(gate, name).modCache();
    return Files.readAllBytes(cache.resolve("cache/download" + module.base() + ".zip"));
  }

  private GoCommand go(ModgateProcess gate, String name) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name).resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module it.test/project\n\ngo 1.20\n");
    return new GoCommand(folder.resolve(name).resolve("home"), project)
        .with("GOPROXY", gate.url() + ",direct")
        .with("GOSUMDB", log.keyText());
  }

  @Override
  public void close() {
    mirror.close();
    honest.close();
    evil.close();
  }
}
