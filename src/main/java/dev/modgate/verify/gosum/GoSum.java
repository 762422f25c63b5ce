package dev.modgate.verify.gosum;

import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a go.sum file: a module, a version that may end in {@code /go.mod}, and a hash.
 *
 * @see <a href="https://go.dev/ref/mod#go-sum-files">go.dev/ref/mod#go-sum-files</a>
 */
public final class GoSum {

  /** Largest file that is read, in bytes: some 160,000 lines. */
  public static final int MAX_BYTES = 16 << 20;

  private static final String GO_MOD = "/go.mod";

  /** Of an empty go.mod; old commands wrote it by mistake, and {@code go} passes it by. */
  private static final String WRITTEN_BY_MISTAKE =
      "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

  private GoSum() {}

  /**
   * Reads the claims in the order of the lines. Blank lines are passed by, as in Go (cmd/go,
   * modfetch.readGoSum).
   *
   * @param name of the file, printable; places begin with it
   * @param file its bytes, at most {@link #MAX_BYTES}
   * @return Invalid with the place, if the file is too large or a line is not one of a go.sum
   */
  public static Parsed<List<Claim>> parse(String name, byte[] file) {
    if (file.length > MAX_BYTES) {
      return Parsed.invalid(name + ": larger than %d bytes".formatted(MAX_BYTES));
    }
    List<Claim> claims = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text(file).lines()::iterator) {
      number++;
      String place = name + ":" + number;
      List<String> words = words(line);
      if (words.isEmpty() || isMistake(words)) {
        continue;
      }
      switch (claim(place, words)) {
        case Parsed.Valid<Claim>(Claim claim) -> claims.add(claim);
        case Parsed.Invalid<Claim>(String reason) -> {
          return Parsed.invalid(place + ": " + reason);
        }
      }
    }
    return Parsed.valid(List.copyOf(claims));
  }

  /** Bytes that are no UTF-8 become a character that no module path has. */
  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static List<String> words(String line) {
    String trimmed = line.strip();
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+", 5));
  }

  private static boolean isMistake(List<String> words) {
    return words.size() == 3
        && words.get(1).endsWith(GO_MOD)
        && words.get(2).equals(WRITTEN_BY_MISTAKE);
  }

  private static Parsed<Claim> claim(String place, List<String> words) {
    if (words.size() != 3) {
      return Parsed.invalid("a line has a module, a version and a hash");
    }
    boolean isGoMod = words.get(1).endsWith(GO_MOD);
    String version =
        isGoMod ? words.get(1).substring(0, words.get(1).length() - GO_MOD.length()) : words.get(1);
    ArtifactKind kind = isGoMod ? ArtifactKind.GO_MOD : ArtifactKind.ZIP;
    return ModulePath.parse(words.get(0))
        .then(path -> ModuleVersion.of(path, version))
        .then(module ->
            H1.parse(words.get(2))
                .then(hash -> Parsed.valid(new Claim(place, module, kind, Optional.of(hash)))));
  }
}
