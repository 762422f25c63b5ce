package dev.modgate.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.direct.DirectSettings.Credential;
import dev.modgate.direct.DirectSettings.GitCredentials;
import dev.modgate.direct.DirectSettings.Netrc;
import dev.modgate.direct.DirectSettings.SshKey;
import dev.modgate.verify.module.ModulePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxEnvironmentTest {

  private static final Credential NETRC =
      new Credential("corp.test/a", new Netrc(Path.of("/etc/netrc")));
  private static final Credential STORE =
      new Credential("corp.test", new GitCredentials(Path.of("/etc/store")));
  private static final Credential SSH =
      new Credential("ssh.test/*", new SshKey(Path.of("/etc/id"), Path.of("/etc/hosts")));

  @TempDir private Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.at(folder.resolve("sandbox"));
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Map<String, String> of(String module) throws IOException {
    DirectSettings settings =
        new DirectSettings(
            "go",
            "/bin",
            1,
            Duration.ofMinutes(1),
            Optional.of(Path.of("/etc/gitconfig")),
            Optional.empty(),
            List.of(NETRC, STORE, SSH));
    Grants grants = Grants.of(settings.credentials(), ModulePath.parse(module).orThrow());
    return SandboxEnvironment.in(sandbox, "/bin", settings, grants);
  }

  private String gitConfiguration() throws IOException {
    return Files.readString(sandbox.folder("home").resolve("gitconfig"));
  }

  private Path netrc() {
    return sandbox.folder("home").resolve(".netrc");
  }

  @Test
  void in_noCredentialMatches_isExactlyThis() throws IOException {
    Map<String, String> environment = of("other.test/m");
    assertEquals(
        Set.of(
            "GIT_ALLOW_PROTOCOL",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_NOSYSTEM",
            "GIT_TERMINAL_PROMPT",
            "GO111MODULE",
            "GOAUTH",
            "GOCACHE",
            "GOENV",
            "GOFLAGS",
            "GOMODCACHE",
            "GOPATH",
            "GOPROXY",
            "GOSUMDB",
            "GOTMPDIR",
            "GOTOOLCHAIN",
            "GOVCS",
            "GOWORK",
            "HOME",
            "LC_ALL",
            "MODGATE_SANDBOX",
            "PATH",
            "TMPDIR"),
        environment.keySet());
    assertEquals("https", environment.get("GIT_ALLOW_PROTOCOL"));
    assertFalse(Files.exists(netrc()));
    assertFalse(gitConfiguration().contains("credential"));
    assertTrue(gitConfiguration().contains("path = \"/etc/gitconfig\""));
  }

  @Test
  void in_netrcAndStoreMatch_bothAreGivenAndNoKey() throws IOException {
    Map<String, String> environment = of("corp.test/a/b");
    assertEquals(Path.of("/etc/netrc"), Files.readSymbolicLink(netrc()));
    assertTrue(gitConfiguration().contains("git credential-store --file='/etc/store' get"));
    assertEquals("https", environment.get("GIT_ALLOW_PROTOCOL"));
    assertFalse(environment.containsKey("GIT_SSH_COMMAND"));
  }

  @Test
  void in_keyMatches_sshIsAllowedAndAsksNobody() throws IOException {
    Map<String, String> environment = of("ssh.test/m");
    assertEquals("https:ssh", environment.get("GIT_ALLOW_PROTOCOL"));
    String ssh = environment.getOrDefault("GIT_SSH_COMMAND", "");
    for (String option :
        List.of(
            "-F /dev/null",
            "-i '/etc/id'",
            "IdentitiesOnly=yes",
            "BatchMode=yes",
            "StrictHostKeyChecking=yes",
            "UserKnownHostsFile='/etc/hosts'")) {
      assertTrue(ssh.contains(option), option);
    }
  }

  @Test
  void in_certificates_replaceTheSystemsForGoAndGit() throws IOException {
    DirectSettings settings =
        new DirectSettings(
            "go",
            "/bin",
            1,
            Duration.ofMinutes(1),
            Optional.empty(),
            Optional.of(Path.of("/etc/ca.pem")),
            List.of());
    Map<String, String> environment =
        SandboxEnvironment.in(sandbox, "/bin", settings, new Grants(List.of()));
    assertEquals("/etc/ca.pem", environment.get("SSL_CERT_FILE"));
    assertEquals("/etc/ca.pem", environment.get("GIT_SSL_CAINFO"));
    assertEquals(sandbox.folder("roots").toString(), environment.get("SSL_CERT_DIR"));
  }
}
