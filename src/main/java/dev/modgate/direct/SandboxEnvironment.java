package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.direct.DirectSettings.GitCredentials;
import dev.modgate.direct.DirectSettings.Netrc;
import dev.modgate.direct.DirectSettings.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All variables of a run; none is inherited. What they mean: go.dev/ref/mod#environment-variables,
 * git(1), ssh_config(5).
 */
final class SandboxEnvironment {

  /** Marks every process that a run starts. */
  static final String MARK = "MODGATE_SANDBOX";

  /** Git must start nothing that lives on in the background, and no program of a repository. */
  private static final String GIT_RULES =
      """
      [gc]
      \tauto = 0
      \tautoDetach = false
      [maintenance]
      \tauto = false
      [core]
      \thooksPath = /dev/null
      \tfsmonitor = false
      [advice]
      \tdetachedHead = false
      """;

  private final Map<String, String> variables = new TreeMap<>();

  private SandboxEnvironment() {}

  /**
   * Also puts into the sandbox what the variables point at.
   *
   * @param path the PATH
   */
  static Map<String, String> in(
      Sandbox sandbox, String path, DirectSettings settings, Grants grants) throws IOException {
    SandboxEnvironment environment = new SandboxEnvironment();
    environment.variables.put(MARK, sandbox.mark());
    environment.variables.put("PATH", path);
    environment.variables.put("LC_ALL", "C");
    environment.folders(sandbox);
    environment.go();
    environment.git(sandbox, settings, grants);
    settings.ca().ifPresent(file -> environment.roots(file, sandbox));
    return environment.variables;
  }

  private void folders(Sandbox sandbox) {
    variables.put("HOME", sandbox.folder("home").toString());
    variables.put("GOPATH", sandbox.folder("path").toString());
    variables.put("GOMODCACHE", sandbox.folder("mod").toString());
    variables.put("GOCACHE", sandbox.folder("build").toString());
    variables.put("GOTMPDIR", sandbox.folder("tmp").toString());
    variables.put("TMPDIR", sandbox.folder("tmp").toString());
  }

  /** GOSUMDB is off because the gate proves what comes, like any other delivery. */
  private void go() {
    variables.put("GO111MODULE", "on");
    variables.put("GOAUTH", "netrc");
    variables.put("GOENV", "off");
    variables.put("GOFLAGS", "-modcacherw");
    variables.put("GOPROXY", "direct");
    variables.put("GOSUMDB", "off");
    variables.put("GOTOOLCHAIN", "local");
    variables.put("GOVCS", "*:git");
    variables.put("GOWORK", "off");
  }

  private void git(Sandbox sandbox, DirectSettings settings, Grants grants) throws IOException {
    Path configuration = sandbox.folder("home").resolve("gitconfig");
    Files.writeString(configuration, gitConfiguration(settings, grants), UTF_8);
    variables.put("GIT_CONFIG_GLOBAL", configuration.toString());
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    Optional<SshKey> ssh = grants.first(SshKey.class);
    variables.put("GIT_ALLOW_PROTOCOL", ssh.isPresent() ? "https:ssh" : "https");
    ssh.ifPresent(key -> variables.put("GIT_SSH_COMMAND", sshCommand(key)));
    Optional<Netrc> netrc = grants.first(Netrc.class);
    if (netrc.isPresent()) {
      Files.createSymbolicLink(sandbox.folder("home").resolve(".netrc"), netrc.get().file());
    }
  }

  /**
   * The helper only gives: left to itself, git-credential-store would erase a credential from the
   * operator's file when an origin says that it is wrong.
   */
  private static String gitConfiguration(DirectSettings settings, Grants grants) {
    StringBuilder text = new StringBuilder();
    settings
        .gitConfig()
        .ifPresent(file -> text.append("[include]\n\tpath = \"%s\"\n".formatted(file)));
    grants
        .first(GitCredentials.class)
        .ifPresent(store ->
            text.append("[credential]\n\thelper = \"!f() { test \\\"$1\\\" = get")
                .append(
                    " && git credential-store --file='%s' get; }; f\"\n".formatted(store.file())));
    return text.append(GIT_RULES).toString();
  }

  private static String sshCommand(SshKey ssh) {
    return String.join(
        " ",
        "ssh -F /dev/null -i '%s'".formatted(ssh.key()),
        "-o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes",
        "-o StrictHostKeyChecking=yes -o UserKnownHostsFile='%s'".formatted(ssh.knownHosts()),
        "-o GlobalKnownHostsFile=/dev/null -o UpdateHostKeys=no",
        "-o ControlMaster=no -o ControlPath=none -o ForwardAgent=no -o PermitLocalCommand=no");
  }

  private void roots(Path file, Sandbox sandbox) {
    variables.put("SSL_CERT_FILE", file.toString());
    variables.put("SSL_CERT_DIR", sandbox.folder("roots").toString());
    variables.put("GIT_SSL_CAINFO", file.toString());
  }
}
