package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.FaultyMirror;
import dev.modgate.fake.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two mirrors of one shelf, joined by {@code |}: the front may be faulty, the back is not. */
final class FaultyWorld implements AutoCloseable {

  static final String DATABASE = "localhost.localdev/sumdb";

  /** The front's deadline for the head of an answer. */
  static final int FIRST_BYTE_SECONDS = 2;

  /** What the launcher gives a process that lives for one build. */
  static final String LAUNCHER =
      "-XX:+UseSerialGC -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000"
          + " -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000";

  final FaultyMirror front;
  final FaultyMirror back;
  private final FakeLog log;
  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param folder an empty one
   */
  FaultyWorld(FakeLog log, Shelf shelf, Path folder) throws IOException {
    this.log = log;
    this.folder = Files.createDirectories(folder);
    this.front = new FaultyMirror(shelf);
    this.back = new FaultyMirror(shelf);
  }

  /**
   * So many modules, in the log and on the shelf: each requires the next three that nobody requires
   * yet, and some are large. {@link #PROJECT} requires the first.
   */
  static List<FakeModule> forest(int size, Shelf shelf) {
    List<FakeModule> modules = IntStream.range(0, size).mapToObj(i -> tree(i, size)).toList();
    modules.forEach(shelf::publish);
    return modules;
  }

  /**
   * One requirement, and no pruning of the module graph: so go reads level after level, beginning
   * with a single module, and every level may meet the fault anew.
   */
  static final String PROJECT =
      "module it.test/project\n\ngo 1.16\n" + required(IntStream.range(0, 1));

  private static FakeModule tree(int i, int size) {
    String goMod =
        "module %s\n\ngo 1.16\n%s"
            .formatted(
                path(i), required(IntStream.range(3 * i + 1, 3 * i + 4).filter(n -> n < size)));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("go.mod", goMod.getBytes(UTF_8));
    files.put("fake.go", "package fake\n".getBytes(UTF_8));
    if (i % 9 == 8) {
      byte[] noise = new byte[(1 + i / 9 % 3) << 20];
      new Random(i).nextBytes(noise);
      files.put("noise.bin", noise);
    }
    return new FakeModule(path(i) + "@v1.0.0", files);
  }

  private static String path(int i) {
    return "forest.test/tree%02d".formatted(i);
  }

  private static String required(IntStream modules) {
    return modules.mapToObj(i -> "require " + path(i) + " v1.0.0\n").collect(Collectors.joining());
  }

  /**
   * Starts modgate with an empty data directory.
   *
   * @param health of the front, as the configuration has it
   */
  ModgateProcess serve(String health) throws IOException {
    return serve(health, "");
  }

  /**
   * The same.
   *
   * @param more keys, each on a line of its own
   */
  ModgateProcess serve(String health, String more) throws IOException {
    String config =
        """
        goproxy: front|back
        sumdb: ["%s"]
        sumdb-timeout: 30s
        mirrors:
          front:
            url: %s
            timeouts: {connect: 1s, first-byte: %ds, idle: 2s, total: 30s}
            health: %s
          back:
            url: %s
        """
                .formatted(log.keyText(), front.url(), FIRST_BYTE_SECONDS, health, back.url())
            + more;
    Path file = Files.writeString(folder.resolve("modgate.yaml"), config);
    return ModgateProcess.serve(data(), file, Map.of("JDK_JAVA_OPTIONS", LAUNCHER));
  }

  Path data() {
    return folder.resolve("data");
  }

  /** A go command with empty caches and the project, which trusts the log's key. */
  GoCommand go(ModgateProcess modgate) throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("go.mod"), PROJECT);
    return new GoCommand(folder.resolve("home"), project)
        .with("GOPROXY", modgate.url())
        .with("GOSUMDB", log.keyText());
  }

  /** What {@code /status} says of the front. */
  record Front(String health, String breaker, long answered, long failed) {}

  Front front(ModgateProcess modgate) throws IOException, InterruptedException {
    return status(client, modgate, "front");
  }

  /** What {@code /status} says of a mirror. */
  static Front status(HttpClient client, ModgateProcess modgate, String mirror)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(modgate.admin() + "/status")).build();
    String status = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher front = state(mirror).matcher(status);
    if (!front.find()) {
      throw new IllegalStateException(status);
    }
    return new Front(
        front.group(1),
        front.group(2),
        Long.parseLong(front.group(3)),
        Long.parseLong(front.group(4)));
  }

  private static Pattern state(String mirror) {
    return Pattern.compile(
        "\"%s\":\\{\"health\":\"(\\w+)\".*?\"breaker\":\"(\\w+)\",\"answered\":(\\d+),\"failed\":(\\d+)"
            .formatted(mirror));
  }

  @Override
  public void close() {
    client.close();
    front.close();
    back.close();
  }
}
