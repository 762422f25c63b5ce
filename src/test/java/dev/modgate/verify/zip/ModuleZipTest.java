package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.VERSION;
import static dev.modgate.verify.zip.Fixture.accepted;
import static dev.modgate.verify.zip.Fixture.examine;
import static dev.modgate.verify.zip.Fixture.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedZip;
import dev.modgate.verify.module.ModuleVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted, and with which hash. Hashes marked so were printed by Go's dirhash.HashZip. */
final class ModuleZipTest {
  /** By Go. */
  private static final String HASH_OF_THREE = "h1:wYNVB8RIIGe5pij2ObjeyojASR9YIOZaXlV+uDj1xDE=";

  /** By Go. */
  private static final String HASH_OF_NOTHING = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  @TempDir private Path folder;

  @Test
  void honestZip_accepted_hashIsGos() {
    ZipVerdict.Sound sound = accepted(zip());
    assertEquals(HASH_OF_THREE, sound.h1().toString());
    assertEquals(3, sound.files());
    assertEquals(10 + 21 + 29, sound.bytes());
  }

  @Test
  void honestFactory_accepted_hashIsThatOfItsFiles() {
    Map<String, byte[]> files =
        Map.of("go.mod", bytes("module example.com/m\n"), "x.go", bytes("package x\n"));
    TreeMap<String, byte[]> named = new TreeMap<>();
    files.forEach((name, content) -> named.put(PREFIX + name, content));
    ZipVerdict verdict = examine(CraftedZip.honest(VERSION, files));
    assertEquals(
        Fixture.h1(named), assertInstanceOf(ZipVerdict.Sound.class, verdict).h1().toString());
  }

  @Test
  void storedEntries_accepted_hashIsThatOfDeflatedOnes() {
    CraftedZip zip = new CraftedZip();
    for (String[] file :
        new String[][] {
          {"a/b.go", "package a\n"},
          {"go.mod", "module example.com/m\n"},
          {"main.go", "package main\n\nfunc main() {}\n"}
        }) {
      zip.add(PREFIX + file[0], file[1]).stored(bytes(file[1]));
    }
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void unsignedDescriptor_accepted() {
    CraftedZip zip = zip();
    zip.entry(0).descriptor(CraftedEntry.Descriptor.UNSIGNED);
    zip.entry(2).descriptor(CraftedEntry.Descriptor.UNSIGNED);
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void sizesInLocalHeaders_accepted() {
    CraftedZip zip = zip();
    zip.entry(1).sizesInHeader();
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void sizesInLocalHeaderAndDescriptor_accepted() {
    CraftedZip zip = zip();
    zip.entry(1).sizesInHeader().flags(8).descriptor(CraftedEntry.Descriptor.SIGNED);
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void entriesInAnotherOrder_accepted_hashIsTheSame() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "main.go", "package main\n\nfunc main() {}\n");
    zip.add(PREFIX + "go.mod", "module example.com/m\n");
    zip.add(PREFIX + "a/b.go", "package a\n");
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void noEntries_accepted_asGoDoes() {
    ZipVerdict.Sound sound = accepted(new CraftedZip());
    assertEquals(HASH_OF_NOTHING, sound.h1().toString());
    assertEquals(0, sound.files());
  }

  @Test
  void noGoMod_accepted() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "x.go", "package x\n");
    accepted(zip);
  }

  @Test
  void incompatibleVersion_accepted() throws IOException {
    ModuleVersion version = ModuleVersion.parse("example.com/m@v2.0.0+incompatible").orThrow();
    Path file = folder.resolve("incompatible.zip");
    Files.write(file, CraftedZip.honest(version, Map.of("x.go", bytes("package x\n"))));
    assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(file, version));
  }

  @Test
  void upperCasePath_isUnescapedInNames() throws IOException {
    ModuleVersion version = ModuleVersion.parse("example.com/M/N@v1.0.0-RC1").orThrow();
    Path file = folder.resolve("upper.zip");
    Files.write(file, CraftedZip.honest(version, Map.of("README", bytes("x"))));
    assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(file, version));
  }

  @Test
  void directories_accepted_countInTheHashAsEmptyFiles() {
    CraftedZip zip = new CraftedZip();
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (String name : new String[] {"", "a/", "a/x.go", "b/"}) {
      byte[] content = name.endsWith("go") ? bytes("package a\n") : new byte[0];
      zip.add(PREFIX + name, content);
      files.put(PREFIX + name, content);
    }
    ZipVerdict.Sound sound = accepted(zip);
    assertEquals(Fixture.h1(files), sound.h1().toString());
    assertEquals(4, sound.files());
  }

  /** In UTF-16 units the last name comes before the one above it; the hash is Go's. */
  @Test
  void namesBeyondTheBasicPlane_areSortedByBytes() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX, "");
    zip.add(PREFIX + "a/", "");
    zip.add(PREFIX + "a/\ufb00", "1");
    zip.add(PREFIX + "a/\ud801\udc00", "2");
    assertEquals("h1:Y/NS3Kc9bWUzdZzyUz2BEoHpD7+ug9eLc+mkqw+IoUA=", accepted(zip).h1().toString());
  }

  /** x/mod ignores modes: such an entry is a file that holds the target's name. */
  @Test
  void symlinkMode_isIgnored() {
    CraftedZip zip = zip();
    zip.entry(0).attributes(0xa1ff_0000L);
    assertEquals(HASH_OF_THREE, accepted(zip).h1().toString());
  }

  @Test
  void emptyFile_accepted() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "deflated", "");
    zip.add(PREFIX + "stored", "").stored(new byte[0]);
    assertEquals(2, accepted(zip).files());
  }

  /** Larger than every buffer, in many lengths, with and without compression. */
  @Test
  void largeFiles_accepted_hashIsThatOfTheirContent() {
    Random random = new Random(1);
    CraftedZip zip = new CraftedZip();
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (int size : new int[] {65535, 65536, 65537, 262143, 262144, 262145, 1 << 20, 3_000_001}) {
      for (boolean stored : new boolean[] {true, false}) {
        byte[] content = content(random, size);
        String name = PREFIX + size + (stored ? ".s" : ".d");
        CraftedEntry entry = zip.add(name, content);
        files.put(name, content);
        if (stored) {
          entry.stored(content);
        }
      }
    }
    assertEquals(Fixture.h1(files), accepted(zip).h1().toString());
  }

  /** Another writer, with sizes in descriptors and no say of ours. */
  @Test
  void zipOfTheJdk_accepted() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(PREFIX + "go.mod"));
      out.write(bytes("module example.com/m\n"));
    }
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(PREFIX + "go.mod", bytes("module example.com/m\n"));
    ZipVerdict verdict = examine(bytes.toByteArray());
    assertEquals(
        Fixture.h1(files), assertInstanceOf(ZipVerdict.Sound.class, verdict).h1().toString());
  }

  @Test
  void missingFile_isAnIoException() {
    assertThrows(
        NoSuchFileException.class, () -> ModuleZip.examine(folder.resolve("none"), VERSION));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Half noise, half zeros. */
  private static byte[] content(Random random, int size) {
    byte[] noise = new byte[size / 2];
    random.nextBytes(noise);
    byte[] content = new byte[size];
    System.arraycopy(noise, 0, content, 0, noise.length);
    return content;
  }
}
