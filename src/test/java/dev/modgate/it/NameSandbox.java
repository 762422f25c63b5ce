package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount namespace in which names mean what a test says: {@code /etc/hosts}, {@code
 * /etc/resolv.conf} and {@code /etc/nsswitch.conf} are its own. Loopback addresses are those of the
 * machine, so that servers outside and programs inside meet.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/unshare.1.html">unshare(1)</a>
 */
final class NameSandbox {

  private static final String ENTER =
      """
      set -e
      mount --bind "$1" /etc/hosts
      mount --bind "$2" /etc/resolv.conf
      mount --bind "$3" /etc/nsswitch.conf
      shift 3
      exec "$@"
      """;

  /** As root, or as one who becomes root in a user namespace of its own. */
  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "--mount"), List.of("unshare", "--map-root-user", "--mount"));

  private final List<String> command;

  private NameSandbox(List<String> command) {
    this.command = command;
  }

  /**
   * Makes one.
   *
   * @param folder an empty one for its files
   * @param hosts further lines of {@code /etc/hosts}
   * @param resolver the address of its name server
   * @throws IOException what this machine does not permit
   */
  static NameSandbox make(Path folder, String hosts, String resolver)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path own = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n" + hosts);
    Path resolv =
        Files.writeString(
            folder.resolve("resolv.conf"),
            "nameserver " + resolver + "\noptions timeout:2 attempts:1\n");
    Path nsswitch = Files.writeString(folder.resolve("nsswitch.conf"), "hosts: files dns\n");
    String refusals = "";
    for (List<String> way : WAYS) {
      List<String> command = new ArrayList<>(way);
      command.addAll(List.of("--", "sh", "-c", ENTER, "sandbox"));
      command.addAll(List.of(own.toString(), resolv.toString(), nsswitch.toString()));
      NameSandbox sandbox = new NameSandbox(command);
      Said said = sandbox.run("true");
      if (said.exit() == 0) {
        return sandbox;
      }
      refusals += String.join(" ", way) + ": " + said.errors().strip() + "; ";
    }
    throw new IOException(refusals + "no sandbox");
  }

  /** Put before a command, it runs it inside; the process is that of the command. */
  List<String> command() {
    return command;
  }

  /**
   * How a command inside ended.
   *
   * @param output a character for each byte
   */
  record Said(int exit, String output, String errors) {
    boolean isOf(byte[] bytes) {
      return exit == 0 && output.equals(new String(bytes, ISO_8859_1));
    }
  }

  Said run(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    Path errors = Files.createTempFile("sandbox", ".err");
    try {
      Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
      return new Said(process.waitFor(), output, Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }
}
