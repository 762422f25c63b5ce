package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real project of over 200 modules through modgate, against the public mirror and log: cold, then
 * with every upstream out of reach. Writes its figures to {@code target/live-build.txt}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BuildLiveIT {

  private static final List<String> REQUIRED =
      List.of(
          "k8s.io/client-go@v0.34.1",
          "github.com/aws/aws-sdk-go-v2/service/s3@v1.88.0",
          "github.com/hashicorp/vault/api@v1.20.0",
          "go.opentelemetry.io/collector/otelcol@v0.135.0",
          "github.com/gin-gonic/gin@v1.10.1",
          "google.golang.org/grpc@v1.75.0");

  /** Pairs of one direct and one gated download, in turn: the network changes by the minute. */
  private static final int PAIRS = 2;

  @TempDir static Path folder;

  private static String directSums = "";
  private static Path warmData = Path.of("");

  @Test
  @Order(1)
  void cold_wholeProject_isProvenAndTheSameAsDirect() throws Exception {
    for (int pair = 0; pair < PAIRS; pair++) {
      coldAgainstDirect("pair" + pair);
    }
  }

  /** One direct download and one through an empty gate, each with empty caches. */
  private static void coldAgainstDirect(String name) throws Exception {
    Path direct = project(name + "-direct");
    long directNanos = download(new GoCommand(folder.resolve(name + "-direct-home"), direct));
    directSums = Files.readString(direct.resolve("go.sum"));

    Path through = project(name + "-through");
    warmData = folder.resolve(name + "-data");
    long coldNanos;
    try (ModgateProcess modgate = ModgateProcess.serve(warmData, emptyConfig(), Map.of())) {
      GoCommand gated =
          new GoCommand(folder.resolve(name + "-home"), through).with("GOPROXY", modgate.url());
      coldNanos = download(gated);
    }
    assertEquals(directSums, Files.readString(through.resolve("go.sum")));
    List<String> zips = decisions(warmData, "zip");
    assertTrue(zips.size() > 200, "zips: " + zips.size());
    assertAllProven(zips);
    assertAllProven(decisions(warmData, "mod"));
    double ratio = (double) coldNanos / directNanos;
    record(
        "cold: %d zips proven, %.1f s, %.2f times the direct download%n"
            .formatted(zips.size(), coldNanos / 1e9, ratio));
  }

  @Test
  @Order(2)
  void warm_everyUpstreamOutOfReach_succeedsWithTheLogCheckOn() throws Exception {
    Path project = project("offline");
    Path config = folder.resolve("offline.yaml");
    Files.writeString(
        config,
        """
        goproxy: nowhere
        mirrors:
          nowhere:
            url: http://127.0.0.1:1
        """);
    try (ModgateProcess modgate = ModgateProcess.serve(warmData, config, Map.of())) {
      GoCommand gated =
          new GoCommand(folder.resolve("offline-home"), project).with("GOPROXY", modgate.url());
      long nanos = download(gated);
      record("warm, every upstream out of reach: %.1f s%n".formatted(nanos / 1e9));
    }
    assertEquals(directSums, Files.readString(project.resolve("go.sum")));
  }

  @Test
  @Order(3)
  void files_ofTheStore_areAGoProxyThemselves() throws Exception {
    Path project = project("files");
    Files.writeString(project.resolve("go.sum"), directSums);
    GoCommand go =
        new GoCommand(folder.resolve("files-home"), project)
            .with("GOPROXY", "file://" + warmData.resolve("cache/download"))
            .with("GOSUMDB", "off");
    download(go);
    assertEquals(directSums, Files.readString(project.resolve("go.sum")));
  }

  private static long download(GoCommand go) throws IOException, InterruptedException {
    long start = System.nanoTime();
    GoCommand.Result result = go.run("mod", "download", "all");
    long nanos = System.nanoTime() - start;
    assertEquals(0, result.exit(), result.output());
    return nanos;
  }

  private static Path project(String name) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    StringBuilder goMod = new StringBuilder("module live.test/project\n\ngo 1.26\n\nrequire (\n");
    REQUIRED.forEach(module -> goMod.append('\t').append(module.replace('@', ' ')).append('\n'));
    Files.writeString(project.resolve("go.mod"), goMod.append(")\n"));
    return project;
  }

  private static Path emptyConfig() throws IOException {
    return Files.writeString(folder.resolve("default.yaml"), "");
  }

  private static List<String> decisions(Path data, String artifact) throws IOException {
    return ModgateProcess.audit(data).stream()
        .filter(line -> line.contains("\"artifact\":\"" + artifact + "\""))
        .toList();
  }

  private static void assertAllProven(List<String> decisions) {
    Pattern proven =
        Pattern.compile(".*\"h1\":\"h1:[^\"]+\",\"verdict\":\"proven\",\"tree\":[1-9].*");
    assertEquals(List.of(), decisions.stream().filter(d -> !proven.matcher(d).matches()).toList());
  }

  private static void record(String line) throws IOException {
    Path figures = Path.of("target", "live-build.txt");
    Files.writeString(
        figures,
        line,
        java.nio.file.StandardOpenOption.CREATE,
        java.nio.file.StandardOpenOption.APPEND);
  }
}
