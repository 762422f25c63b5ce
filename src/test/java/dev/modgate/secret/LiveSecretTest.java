package dev.modgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is rotated in every way that files are rotated. */
final class LiveSecretTest {

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;

  private final List<Secret> live = new ArrayList<>();
  private Path file = Path.of("unset");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("token"), "first-token\n");
  }

  @Test
  void current_oneLine_isTheLineWithoutItsEnd() throws IOException {
    assertEquals("first-token", current(secret()));
    Files.writeString(file, "no line feed");
    assertEquals("no line feed", current(secret()));
    Files.writeString(file, "of Windows\r\n");
    assertEquals("of Windows", current(secret()));
  }

  @Test
  void current_rewrittenInPlace_isTheNewOne() throws IOException {
    LiveSecret secret = secret();
    assertEquals("first-token", current(secret));
    Files.writeString(file, "other-token\n");
    assertEquals("other-token", current(secret));
  }

  /** Same size, same time: only the content differs. */
  @Test
  void current_rewrittenWithinOneTick_isTheNewOne() throws IOException {
    LiveSecret secret = secret();
    FileTime time = Files.getLastModifiedTime(file);
    assertEquals("first-token", current(secret));
    Files.writeString(file, "other-token\n");
    Files.setLastModifiedTime(file, time);
    assertEquals("other-token", current(secret));
  }

  @Test
  void current_renamedOver_isTheNewOne() throws IOException {
    age(file);
    LiveSecret secret = secret();
    assertEquals("first-token", current(secret));
    Path next = Files.writeString(folder.resolve("next"), "other-token\n");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertEquals("other-token", current(secret));
  }

  /** As Kubernetes does: token, a link to ..data/token; ..data, a link that is renamed over. */
  @Test
  void current_linkSwapped_isTheNewOne() throws IOException {
    Path one = Files.createDirectories(folder.resolve("..1"));
    Path two = Files.createDirectories(folder.resolve("..2"));
    age(Files.writeString(one.resolve("token"), "first-token"));
    age(Files.writeString(two.resolve("token"), "other-token"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
    file = Files.createSymbolicLink(folder.resolve("mounted"), data.resolve("token"));
    LiveSecret secret = secret();
    assertEquals("first-token", current(secret));
    Path swap = Files.createSymbolicLink(folder.resolve("..swap"), two);
    Files.move(swap, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertEquals("other-token", current(secret));
  }

  @Test
  void current_rotatedToWhatIsNone_keepsTheOldOne() throws IOException {
    for (String bad : List.of("", "\n", "two\nlines\n", "carriage\rreturn", "n\u00fcl", "a\0b")) {
      Files.writeString(file, "first-token\n");
      LiveSecret secret = secret();
      assertEquals("first-token", current(secret));
      Files.writeString(file, bad);
      assertEquals("first-token", current(secret));
      Files.writeString(file, "a good one again");
      assertEquals("a good one again", current(secret));
    }
  }

  @Test
  void current_rotatedToTooMuchOrToNothing_keepsTheOldOne() throws IOException {
    LiveSecret secret = secret();
    assertEquals("first-token", current(secret));
    Files.writeString(file, "x".repeat(Secret.MAX_LENGTH + 3));
    assertEquals("first-token", current(secret));
    Files.delete(file);
    assertEquals("first-token", current(secret));
    Files.createDirectory(file);
    assertEquals("first-token", current(secret));
  }

  @Test
  void current_neverAnyGood_saysWhyAndQuotesNothing() throws IOException {
    Files.writeString(file, "canary7f3a\nmore");
    assertEquals("a secret holds a line feed at character 11 of 15", reason());
    Files.writeString(file, "canary7f3a".repeat(1000));
    assertEquals("the file is larger than 8194 bytes", reason());
    Files.delete(file);
    assertEquals("the file does not exist", reason());
    Files.createDirectory(file);
    assertEquals("the file is not a regular file", reason());
  }

  @Test
  void current_whileItIsRotated_tellsOfTheLastTwo() throws IOException {
    LiveSecret secret = secret();
    List<String> values = List.of("first-token", "second-token", "third-token", "fourth-token");
    for (int i = 0; i < values.size(); i++) {
      Files.writeString(file, values.get(i));
      assertEquals(values.get(i), current(secret));
      List<String> last = values.subList(Math.max(0, i - 1), i + 1);
      assertEquals(last, live.stream().map(Secret::reveal).toList());
    }
  }

  @Test
  void current_ofAnUnchangedFile_readsItOnce() throws IOException {
    age(file);
    WatchedFile watched = new WatchedFile(file, 100, CLOCK);
    assertTrue(watched.look() instanceof WatchedFile.Changed);
    Files.setLastModifiedTime(file, Files.getLastModifiedTime(file));
    assertTrue(watched.look() instanceof WatchedFile.Same);
  }

  private static void age(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
  }

  private LiveSecret secret() {
    live.clear();
    return LiveSecret.of(
        "mirrors.corp.credentials", new SecretReference.InFile(file), CLOCK, this::learn);
  }

  private SecretListener.Registration learn(Secret secret) {
    live.add(secret);
    return () -> live.remove(secret);
  }

  private static String current(LiveSecret secret) {
    return secret.current().orThrow().reveal();
  }

  private String reason() {
    return switch (secret().current()) {
      case Parsed.Valid<Secret> _ -> "valid";
      case Parsed.Invalid<Secret>(String reason) -> reason;
    };
  }
}
