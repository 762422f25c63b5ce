package dev.modgate.verify.gosum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.modgate.fake.FakeLog;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoSumTest {

  private static final String H = FakeLog.anyH1("x");

  @Test
  void parse_bothKindsOfLine_withTheirPlaces() {
    String file =
        "example.com/Big v1.0.0 %s\n\n example.com/Big\tv1.0.0/go.mod  %s \r\n".formatted(H, H);
    ModuleVersion module = ModuleVersion.parse("example.com/Big@v1.0.0").orThrow();
    Optional<H1> hash = Optional.of(H1.parse(H).orThrow());
    assertEquals(
        List.of(
            new Claim("go.sum:1", module, ArtifactKind.ZIP, hash),
            new Claim("go.sum:3", module, ArtifactKind.GO_MOD, hash)),
        parse(file).orThrow());
  }

  @Test
  void parse_noLines_isNoClaims() {
    assertEquals(List.of(), parse("").orThrow());
    assertEquals(List.of(), parse("\n \n").orThrow());
  }

  @Test
  void parse_emptyGoModWrittenByMistake_isPassedBy() {
    String mistake = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";
    assertEquals(List.of(), parse("a.test/m v1.0.0/go.mod " + mistake).orThrow());
    assertEquals(1, parse("a.test/m v1.0.0 " + mistake).orThrow().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.test/m v1.0.0",
        "a.test/m v1.0.0 HASH more",
        "a.test/m v1.0.0 HASH more and more words",
        "a.test/m v1.0 HASH",
        "a.test/m v1.0.0/go.sum HASH",
        "a.test/m v2.0.0 HASH",
        "a.test/../m v1.0.0 HASH",
        "a.test/m\uFFFD v1.0.0 HASH",
        "a.test/m v1.0.0 h2:AAAA",
        "a.test/m v1.0.0 h1:AAAA",
      })
  void parse_anythingElse_isRefusedWithItsPlace(String line) {
    Parsed<List<Claim>> parsed =
        parse("a.test/good v1.0.0 " + H + "\n" + line.replace("HASH", H) + "\n");
    switch (parsed) {
      case Parsed.Invalid<List<Claim>>(String reason) ->
          assertEquals("go.sum:2: ", reason.substring(0, 10), reason);
      case Parsed.Valid<List<Claim>>(List<Claim> claims) -> fail("accepted: " + claims);
    }
  }

  @Test
  void parse_bytesThatAreNoUtf8_areRefused() {
    byte[] file = ("a.test/m* v1.0.0 " + H).getBytes(UTF_8);
    file[8] = (byte) 0xff;
    assertInstanceOf(Parsed.Invalid.class, GoSum.parse("go.sum", file));
  }

  @Test
  void parse_tooLarge_isRefused() {
    byte[] blank = new byte[GoSum.MAX_BYTES + 1];
    Arrays.fill(blank, (byte) '\n');
    assertEquals(
        new Parsed.Invalid<>("go.sum: larger than 16777216 bytes"), GoSum.parse("go.sum", blank));
  }

  @Test
  void parse_largestFile_isRead() {
    byte[] blank = new byte[GoSum.MAX_BYTES];
    Arrays.fill(blank, (byte) ' ');
    assertEquals(Parsed.valid(List.of()), GoSum.parse("go.sum", blank));
  }

  @Test
  void subject_isWrittenAsInAGoSum() {
    String file = "example.com/Big v1.0.0 %s\nexample.com/Big v1.0.0/go.mod %s\n".formatted(H, H);
    assertEquals(
        List.of("example.com/Big v1.0.0", "example.com/Big v1.0.0/go.mod"),
        parse(file).orThrow().stream().map(Claim::subject).toList());
  }

  private static Parsed<List<Claim>> parse(String file) {
    return GoSum.parse("go.sum", file.getBytes(UTF_8));
  }
}
