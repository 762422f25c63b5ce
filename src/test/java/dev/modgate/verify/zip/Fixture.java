package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.modgate.fake.CraftedZip;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;

/** The module that the zips of these tests claim to be, and ways to examine them. */
final class Fixture {
  static final ModuleVersion VERSION = ModuleVersion.parse("example.com/m@v1.2.3").orThrow();
  static final String PREFIX = "example.com/m@v1.2.3/";

  private Fixture() {}

  /** Three files, honestly written. */
  static CraftedZip zip() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a/b.go", "package a\n");
    zip.add(PREFIX + "go.mod", "module example.com/m\n");
    zip.add(PREFIX + "main.go", "package main\n\nfunc main() {}\n");
    return zip;
  }

  /**
   * The verdict, which is the same if every entry may be read by another thread, and if it is read
   * ahead.
   */
  static ZipVerdict examine(byte[] zip) {
    try {
      Path file = Files.createTempFile("modgate", ".zip");
      try {
        Files.write(file, zip);
        ZipVerdict verdict = GrowingZip.examine(file, VERSION);
        assertEquals(
            verdict,
            ModuleZip.examine(file, VERSION, ReadAhead.none(), 1),
            "with a run for each entry");
        return verdict;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ZipVerdict.Sound accepted(CraftedZip zip) {
    return assertInstanceOf(ZipVerdict.Sound.class, examine(zip.bytes()));
  }

  static void refused(String rule, CraftedZip zip) {
    refused(rule, zip.bytes());
  }

  static void refused(String rule, byte[] zip) {
    assertFalse(reason(rule, zip).isEmpty());
  }

  /** Why the zip is refused by that rule. */
  static String reason(String rule, byte[] zip) {
    return switch (examine(zip)) {
      case ZipVerdict.Sound sound -> fail("accepted: " + sound);
      case ZipVerdict.Unsound(String broken, String reason) -> {
        assertEquals(rule, broken, reason);
        assertTrue(reason.chars().allMatch(c -> c >= 0x20 && c < 0x7f), reason);
        assertTrue(reason.length() < 600, reason);
        yield reason;
      }
    };
  }

  /**
   * The hash of {@code path@version/...} names in byte order, computed without the code under test.
   */
  static String h1(SortedMap<String, byte[]> files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      StringBuilder lines = new StringBuilder();
      files.forEach((name, content) ->
          lines
              .append(HexFormat.of().formatHex(sha256.digest(content)))
              .append("  ")
              .append(name)
              .append('\n'));
      byte[] digest = sha256.digest(lines.toString().getBytes(StandardCharsets.UTF_8));
      return "h1:" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
