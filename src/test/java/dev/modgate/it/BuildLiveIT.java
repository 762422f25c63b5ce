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
 * with every upstream out of reach. How long it takes, {@code bench/cold} measures.
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

  @TempDir static Path folder;

  private static String directSums = "";
  private static Path warmData = Path.of("");

  @Test
  @Order(1)
  void cold_wholeProject_isProvenAndTheSameAsDirect() throws Exception {
    Path direct = project("direct");
    download(new GoCommand(folder.resolve("direct-home"), direct));
    directSums = Files.readString(direct.resolve("go.sum"));

    Path through = project("through");
    warmData = folder.resolve("data");
    try (ModgateProcess modgate = ModgateProcess.serve(warmData, emptyConfig(), Map.of())) {
      download(new GoCommand(folder.resolve("home"), through).with("GOPROXY", modgate.url()));
    }
    assertEquals(directSums, Files.readString(through.resolve("go.sum")));
    List<String> zips = decisions(warmData, "zip");
    assertTrue(zips.size() > 200, "zips: " + zips.size());
    assertAllProven(zips);
    assertAllProven(decisions(warmData, "mod"));
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
      download(
          new GoCommand(folder.resolve("offline-home"), project).with("GOPROXY", modgate.url()));
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

  private static void download(GoCommand go) throws IOException, InterruptedException {
    GoCommand.Result result = go.run("mod", "download", "all");
    assertEquals(0, result.exit(), result.output());
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
}
