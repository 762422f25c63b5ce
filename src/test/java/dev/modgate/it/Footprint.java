package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds of what can leak.
 *
 * @param sockets open ones, of all kinds
 * @param files everything else that is open
 * @param threads of the operating system
 * @param virtualThreads that have begun and not ended
 */
record Footprint(int sockets, int files, int threads, int virtualThreads) {

  /** How much more of each a process may hold later under the same load: what is pooled. */
  static final int PLAY = 12;

  private static final int LOOKS = 4;
  private static final Pattern VIRTUAL = Pattern.compile("\"virtual\": true");

  /**
   * The least of some looks within about two seconds: what is only under way is not in it, and what
   * is never given back is in every one.
   *
   * @param scratch an existing folder
   */
  static Footprint of(long pid, Path scratch) throws IOException, InterruptedException {
    Footprint least = look(pid, scratch);
    for (int i = 1; i < LOOKS; i++) {
      Thread.sleep(200);
      least = least.least(look(pid, scratch));
    }
    return least;
  }

  private Footprint least(Footprint other) {
    return new Footprint(
        Math.min(sockets, other.sockets),
        Math.min(files, other.files),
        Math.min(threads, other.threads),
        Math.min(virtualThreads, other.virtualThreads));
  }

  /** One line for each thing of which there is more by more than {@link #PLAY}. */
  List<String> grownSince(Footprint earlier) {
    List<String> grown = new ArrayList<>();
    compare("sockets", earlier.sockets, sockets, grown);
    compare("files", earlier.files, files, grown);
    compare("threads", earlier.threads, threads, grown);
    compare("virtual threads", earlier.virtualThreads, virtualThreads, grown);
    return grown;
  }

  private static void compare(String what, int before, int now, List<String> grown) {
    if (now > before + PLAY) {
      grown.add("%s: from %d to %d".formatted(what, before, now));
    }
  }

  private static Footprint look(long pid, Path scratch) throws IOException, InterruptedException {
    int virtual = virtualThreads(pid, scratch);
    Path process = Path.of("/proc", String.valueOf(pid));
    List<String> open = targets(process.resolve("fd"));
    int sockets = (int) open.stream().filter(target -> target.startsWith("socket:")).count();
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      return new Footprint(sockets, open.size() - sockets, (int) tasks.count(), virtual);
    }
  }

  /** Where the links of a folder lead to; one that is closed meanwhile is left out. */
  private static List<String> targets(Path folder) throws IOException {
    List<String> targets = new ArrayList<>();
    try (Stream<Path> links = Files.list(folder)) {
      for (Path link : links.toList()) {
        try {
          targets.add(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException e) {
          // It is closed.
        }
      }
    }
    return targets;
  }

  private static int virtualThreads(long pid, Path scratch)
      throws IOException, InterruptedException {
    Path dump = scratch.resolve("threads-" + pid + ".json");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process command =
        new ProcessBuilder(
                jcmd.toString(),
                String.valueOf(pid),
                "Thread.dump_to_file",
                "-overwrite",
                "-format=json",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(command.getInputStream().readAllBytes(), UTF_8);
    if (command.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return (int) VIRTUAL.matcher(Files.readString(dump)).results().count();
  }
}
