package dev.modgate.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.chain.Arrivals;
import dev.modgate.chain.Deadline;
import dev.modgate.chain.Failure;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import dev.modgate.chain.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirror with a go command that does as it is told. */
final class DirectMirrorTest {

  @TempDir private Path folder;
  private FakeGo go;

  @BeforeEach
  void script() throws IOException {
    go = new FakeGo(folder);
  }

  private DirectMirror mirror() {
    return mirror(go.settings());
  }

  private DirectMirror mirror(DirectSettings settings) {
    return new DirectMirror(settings, go::next, InstantSource.system());
  }

  private static Reply get(DirectMirror mirror, String path) {
    return get(mirror, path, Turn.ALONE);
  }

  private static Reply get(DirectMirror mirror, String path, Turn turn) {
    MirrorRequest.Delivery delivery =
        path.endsWith(".zip") ? MirrorRequest.Delivery.FILE : MirrorRequest.Delivery.MEMORY;
    Deadline deadline = Deadline.in(Duration.ofMinutes(5));
    return mirror.get(
        new MirrorRequest(
            path,
            1 << 20,
            delivery,
            Optional.empty(),
            deadline,
            turn,
            Optional.empty(),
            0,
            Arrivals.UNWATCHED));
  }

  private static String text(Reply reply) {
    Reply.Content content = assertInstanceOf(Reply.Content.class, reply);
    return new String(assertInstanceOf(Payload.InMemory.class, content.payload()).bytes(), UTF_8);
  }

  private static Failure failure(Reply reply) {
    return assertInstanceOf(Reply.Failed.class, reply).failure();
  }

  @Test
  void get_noGoCommand_failsAndSaysWhatToDo() throws IOException {
    try (DirectMirror mirror = mirror()) {
      assertEquals(
          "no go command was found: install Go or set direct.go",
          failure(get(mirror, "/direct.test/m/@v/list")).text());
      assertEquals(List.of(), go.left());
    }
  }

  @Test
  void get_theThreeFilesOfAVersion_areOneRun() throws IOException {
    go.does(FakeGo.DOWNLOADS);
    try (DirectMirror mirror = mirror()) {
      assertEquals("{\"Version\":\"v1.0.0\"}", text(get(mirror, "/direct.test/m/@v/v1.0.0.info")));
      assertEquals("module direct.test/m", text(get(mirror, "/direct.test/m/@v/v1.0.0.mod")));
      Reply.Content zip =
          assertInstanceOf(Reply.Content.class, get(mirror, "/direct.test/m/@v/v1.0.0.zip"));
      assertEquals(List.of("mod download -json -- direct.test/m@v1.0.0"), go.runs());
      Payload.Spooled file = assertInstanceOf(Payload.Spooled.class, zip.payload());
      assertEquals("PK", Files.readString(file.file()));
      assertEquals(2, file.size());
      assertEquals(List.of(file.file()), go.left());
    }
  }

  @Test
  void get_aZipThatWasTaken_isFetchedAgain() throws IOException {
    go.does(FakeGo.DOWNLOADS);
    try (DirectMirror mirror = mirror()) {
      assertInstanceOf(Reply.Content.class, get(mirror, "/direct.test/m/@v/v1.0.0.zip"));
      assertInstanceOf(Reply.Content.class, get(mirror, "/direct.test/m/@v/v1.0.0.zip"));
      assertEquals(2, go.runs().size());
    }
  }

  @Test
  void get_anotherMirrorWasFaster_deliversNothingAndKeepsTheZip() throws IOException {
    go.does(FakeGo.DOWNLOADS);
    try (DirectMirror mirror = mirror()) {
      for (String file : List.of("zip", "mod", "info")) {
        assertEquals(
            new Failure.Outrun(),
            failure(get(mirror, "/direct.test/m/@v/v1.0.0." + file, new Lost())));
      }
      assertInstanceOf(Reply.Content.class, get(mirror, "/direct.test/m/@v/v1.0.0.zip"));
      assertEquals(1, go.runs().size());
    }
  }

  private static final class Lost implements Turn {
    @Override
    public boolean take() {
      return false;
    }

    @Override
    public Watch onLost(Runnable stop) {
      return () -> {};
    }

    @Override
    public boolean isLost() {
      return true;
    }
  }

  @Test
  void close_removesWhatNobodyTook() throws IOException {
    go.does(FakeGo.DOWNLOADS);
    try (DirectMirror mirror = mirror()) {
      assertInstanceOf(Reply.Content.class, get(mirror, "/direct.test/m/@v/v1.0.0.mod"));
      assertEquals(1, go.left().size());
    }
    assertEquals(List.of(), go.left());
  }

  @Test
  void get_goThatIsTooOld_givesGoModAndSaysWhyThereIsNoZip() throws IOException {
    go.does(
        FakeGo.DOWNLOADS.replace("\"Zip\":\"%s.zip\"", "\"Error\":\"m requires go >= 9%.0s\"")
            + "exit 1\n");
    try (DirectMirror mirror = mirror()) {
      assertEquals("module direct.test/m", text(get(mirror, "/direct.test/m/@v/v1.0.0.mod")));
      assertEquals(
          "the module needs a newer go command than the gate has",
          failure(get(mirror, "/direct.test/m/@v/v1.0.0.zip")).text());
      assertEquals(1, go.runs().size());
    }
  }

  @Test
  void get_aFileOutsideOfTheSandbox_isNotTaken() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "CANARY");
    go.does(
        "printf '{\"Info\":\"%1$s\",\"GoMod\":\"%1$s\",\"Zip\":\"%1$s\"}'\n"
            .replace("%1$s", secret.toString()));
    try (DirectMirror mirror = mirror()) {
      assertEquals("go ended with 0", failure(get(mirror, "/direct.test/m/@v/v1.0.0.mod")).text());
      assertEquals("CANARY", Files.readString(secret));
    }
  }

  @Test
  void get_list_isTheVersionsAsTheyArePrinted() throws IOException {
    go.does("printf 'v1.0.0\\nv1.1.0\\n'\n");
    try (DirectMirror mirror = mirror()) {
      assertEquals("v1.0.0\nv1.1.0\n", text(get(mirror, "/direct.test/!m/@v/list")));
      assertTrue(
          go.runs().getFirst().endsWith("{{println .}}{{end}} -- direct.test/M"),
          go.runs().getFirst());
    }
  }

  @Test
  void get_queries_areAskedBehindTheDashes() throws IOException {
    go.does(
        FakeGo.DOWNLOADS.replace("printf '{\"Info\"", "printf '{\"Version\":\"v1.0.0\",\"Info\""));
    try (DirectMirror mirror = mirror()) {
      assertEquals("{\"Version\":\"v1.0.0\"}", text(get(mirror, "/direct.test/m/@latest")));
      assertEquals(
          "{\"Version\":\"v1.0.0\"}", text(get(mirror, "/direct.test/m/@v/!branch-1.info")));
      assertEquals(
          List.of(
              "list -m -json -- direct.test/m@latest", "list -m -json -- direct.test/m@Branch-1"),
          go.runs());
    }
  }

  @Test
  void get_whatIsNotForGo_startsNothing() throws IOException {
    go.does("exit 1\n");
    try (DirectMirror mirror = mirror()) {
      for (String path :
          List.of(
              "/direct.test/m/@v/-oX.info",
              "/-x.test/m/@v/v1.0.0.info",
              "/sumdb/sum.golang.org/supported",
              "/127.0.0.1/m/@latest",
              "/10.0.0.1/m/@v/list")) {
        assertInstanceOf(Reply.NotThere.class, get(mirror, path), path);
      }
      assertEquals(List.of(), go.runs());
    }
  }

  @Test
  void get_goSaysNotThere_isNotThereInItsWords() throws IOException {
    go.does(
        "echo 'go: direct.test/m@v9: invalid version: unknown revision v9 in '$HOME >&2; exit 1\n");
    try (DirectMirror mirror = mirror()) {
      Reply.NotThere reply =
          assertInstanceOf(Reply.NotThere.class, get(mirror, "/direct.test/m/@v/v9.info"));
      assertEquals(404, reply.status());
      assertTrue(reply.text().startsWith("go: direct.test/m@v9: invalid version: unknown"));
      assertTrue(reply.text().replace("\n", "").endsWith("in sandbox/home"), reply.text());
    }
  }

  @Test
  void get_credentialFileIsMissing_failsBeforeGoRuns() throws IOException {
    go.does("exit 1\n");
    DirectSettings settings =
        go.settings(
            Duration.ofMinutes(5),
            List.of(
                new DirectSettings.Credential(
                    "direct.test", new DirectSettings.Netrc(folder.resolve("nothing")))));
    try (DirectMirror mirror = mirror(settings)) {
      assertEquals(
          "a file that direct.credentials names can't be read",
          failure(get(mirror, "/direct.test/m/@v/list")).text());
      assertEquals(List.of(), go.runs());
      assertEquals("go ended with 1", failure(get(mirror, "/other.test/m/@v/list")).text());
    }
  }

  @Test
  void get_timeout_isOneAndTheSandboxIsGone() throws IOException {
    go.does("exec sleep 600\n");
    try (DirectMirror mirror = mirror(go.settings(Duration.ofMillis(200), List.of()))) {
      assertEquals(
          new Failure.TimedOut(Failure.TimedOut.Phase.TOTAL),
          failure(get(mirror, "/direct.test/m/@v/list")));
      assertEquals(List.of(), go.left());
    }
  }

  @Test
  void get_moreOutputThanAllowed_isCutOff() throws IOException {
    go.does("exec yes\n");
    try (DirectMirror mirror = mirror()) {
      assertInstanceOf(Failure.TooLarge.class, failure(get(mirror, "/direct.test/m/@v/list")));
    }
  }

  @Test
  void get_floodOfErrors_isReadAndForgotten() throws IOException {
    go.does("yes | head -c 3000000 >&2; exit 3\n");
    try (DirectMirror mirror = mirror()) {
      assertEquals("go ended with 3", failure(get(mirror, "/direct.test/m/@v/list")).text());
    }
  }

  @Test
  void close_runUnderWay_endsItAndAllThatItStarted() throws Exception {
    go.does("(setsid sleep 600 & echo $! > OUT/orphan) &\necho $$ > OUT/pid\nsleep 600\n");
    DirectMirror mirror = mirror();
    var reply = new java.util.concurrent.FutureTask<>(() -> get(mirror, "/direct.test/m/@v/list"));
    Thread.ofVirtual().start(reply);
    long orphan = Long.parseLong(go.awaitLine("orphan"));
    long parent = Long.parseLong(go.awaitLine("pid"));
    assertTrue(ProcessHandle.of(orphan).isPresent());
    mirror.close();
    assertEquals("the gate ends", failure(reply.get()).text());
    assertFalse(isAlive(orphan));
    assertFalse(isAlive(parent));
    assertEquals(List.of(), go.left());
  }

  @Test
  void get_goLeavesAProcessBehind_itIsEnded() throws Exception {
    go.does("setsid sleep 600 >/dev/null 2>&1 &\necho $! > OUT/orphan\nexit 1\n");
    try (DirectMirror mirror = mirror()) {
      assertEquals("go ended with 1", failure(get(mirror, "/direct.test/m/@v/list")).text());
      assertFalse(isAlive(Long.parseLong(go.awaitLine("orphan"))));
    }
  }

  /** An orphan that nobody waits for stays in the table of processes, but it is dead. */
  private static boolean isAlive(long pid) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid), "stat");
    return Files.exists(status) && !Files.readString(status).matches("(?s)\\d+ \\(.*\\) Z .*");
  }
}
