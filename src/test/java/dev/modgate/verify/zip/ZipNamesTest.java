package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.accepted;
import static dev.modgate.verify.zip.Fixture.reason;
import static dev.modgate.verify.zip.Fixture.refused;
import static dev.modgate.verify.zip.Fixture.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.fake.CraftedZip;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The rules of x/mod/zip's CheckZip on names and on the sizes of special files. */
final class ZipNamesTest {
  private static final int MIB = 1 << 20;

  @Test
  void otherPrefix_isRefused() {
    for (String name :
        new String[] {
          "go.mod",
          "example.com/m@v1.2.4/go.mod",
          "example.com/M@v1.2.3/go.mod",
          "example.com/m@v1.2.3",
          "/example.com/m@v1.2.3/go.mod",
          "example.com/m@v1.2.3x/go.mod",
          "EXAMPLE.com/m@v1.2.3/go.mod"
        }) {
      refused("prefix", holding(name));
    }
  }

  @Test
  void namesThatLeaveTheModule_areRefused() {
    refused("name", holding(PREFIX + "../x"));
    refused("name", holding(PREFIX + "a/../../x"));
    refused("name", holding(PREFIX + ".."));
    refused("name", empty(PREFIX + "../"));
    refused("name", holding(PREFIX + "/etc/passwd"));
  }

  @Test
  void namesThatAreNotClean_areRefused() {
    refused("name", holding(PREFIX + "./x"));
    refused("name", holding(PREFIX + "a//x"));
    refused("name", holding(PREFIX + "a/./x"));
    refused("name", empty(PREFIX + "a//"));
    refused("name", empty(PREFIX + "/"));
    refused("name", holding(PREFIX + "."));
  }

  @Test
  void namesThatSomeSystemReadsOtherwise_areRefused() {
    refused("name", holding(PREFIX + "a\\b"));
    refused("name", holding(PREFIX + "c:x"));
    refused("name", holding(PREFIX + "con"));
    refused("name", holding(PREFIX + "a/aux.go"));
    refused("name", holding(PREFIX + "x."));
    refused("name", holding(PREFIX + "a*"));
    refused("name", holding(PREFIX + "a?b"));
  }

  @Test
  void controlCharacters_areRefused() {
    refused("name", holding(PREFIX + "a\nb"));
    refused("name", holding(PREFIX + "a\0b"));
    refused("name", holding(PREFIX + "a\u007fb"));
    refused("name", holding(PREFIX + "a\u001b[2Jb"));
  }

  @Test
  void namesThatAreNoLetters_areRefused() {
    refused("name", holding(PREFIX + "\u202egp.exe"));
    refused("name", holding(PREFIX + "\ud83d\ude00"));
    refused("name", holding(PREFIX + "e\u0301"));
    assertEquals(1, accepted(holding(PREFIX + "\u00e9\u65e5\u672c")).files());
  }

  @Test
  void namesThatAreNotUtf8_areRefused() {
    String[] broken = {
      "\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00c3", "\u00f4\u0090\u0080\u0080"
    };
    for (String name : broken) {
      CraftedZip zip = holding(PREFIX + "x");
      zip.entry(0).rawName((PREFIX + name).getBytes(StandardCharsets.ISO_8859_1)).flags(0x808);
      refused("utf-8", zip);
    }
  }

  /** A reader that follows the flag would read them in code page 437. */
  @Test
  void utf8NameWithoutItsFlag_isRefused() {
    CraftedZip zip = holding(PREFIX + "\u00e9");
    accepted(zip);
    zip.entry(0).flags(8);
    refused("utf-8", zip);
  }

  @Test
  void emptyName_isRefused() {
    CraftedZip zip = holding(PREFIX + "x");
    zip.entry(0).rawName(new byte[0]);
    refused("name-length", zip);
  }

  @Test
  void longName_isRefused() {
    int room = Entry.MAX_NAME - PREFIX.length();
    accepted(holding(PREFIX + "x".repeat(room)));
    refused("name-length", holding(PREFIX + "x".repeat(room + 1)));
    refused("name-length", holding(PREFIX + "x".repeat(65_535 - PREFIX.length())));
  }

  @Test
  void sameNameTwice_isRefused() {
    refused("duplicate", holding(PREFIX + "x", PREFIX + "x"));
    refused("duplicate", holding(PREFIX + "a/x", PREFIX + "b/y", PREFIX + "a/x"));
  }

  @Test
  void sameNameInOtherDirectories_isAccepted() {
    CraftedZip zip = holding(PREFIX + "a", PREFIX + "b/a", PREFIX + "b/b", PREFIX + "c/b/a");
    assertEquals(4, accepted(zip).files());
  }

  @Test
  void reasons_quoteTheNames() {
    assertEquals(
        "\"a/B\" and \"a/b\" differ in case only",
        reason("collision", holding(PREFIX + "a/b", PREFIX + "a/B/c").bytes()));
    assertEquals(
        "more than once: \"a\\xc3\\xa9\"",
        reason("duplicate", holding(PREFIX + "a\u00e9", PREFIX + "a\u00e9").bytes()));
    assertEquals(
        "a directory with content: \"" + PREFIX + "a/\"",
        reason("directory-data", holding(PREFIX + "a/").bytes()));
  }

  @Test
  void sameDirectoryTwice_isRefused() {
    refused("duplicate", empty(PREFIX + "a/", PREFIX + "a/"));
    refused("duplicate", empty(PREFIX, PREFIX));
  }

  @Test
  void directoryBeforeAndBehindItsFiles_isAccepted() {
    assertEquals(3, accepted(empty(PREFIX + "a/", PREFIX + "a/x", PREFIX + "b")).files());
    assertEquals(3, accepted(empty(PREFIX + "a/x", PREFIX + "a/", PREFIX + "a/y")).files());
  }

  @Test
  void namesThatDifferInCase_areRefused() {
    refused("collision", holding(PREFIX + "x.go", PREFIX + "X.go"));
    refused("collision", holding(PREFIX + "a/x", PREFIX + "A/y"));
    refused("collision", holding(PREFIX + "a/b/x", PREFIX + "c", PREFIX + "a/B/y"));
    refused("collision", holding(PREFIX + "a/x", PREFIX + "A"));
    refused("collision", empty(PREFIX + "a/", PREFIX + "A/"));
  }

  /** Long s, Kelvin sign, capital sharp s, final sigma: no upper or lower casing finds them all. */
  @Test
  void namesThatFoldAlike_areRefused() {
    refused("collision", holding(PREFIX + "s", PREFIX + "\u017f"));
    refused("collision", holding(PREFIX + "k", PREFIX + "\u212a"));
    refused("collision", holding(PREFIX + "\u00df", PREFIX + "\u1e9e"));
    refused("collision", holding(PREFIX + "\u03c3", PREFIX + "\u03c2"));
    refused("collision", holding(PREFIX + "\u00b5", PREFIX + "\u03bc"));
    refused("collision", holding(PREFIX + "s/x", PREFIX + "\u017f/y"));
  }

  /** Go keeps them apart. */
  @Test
  void dotlessI_doesNotFold() {
    assertEquals(3, accepted(holding(PREFIX + "i", PREFIX + "\u0131", PREFIX + "\u0130")).files());
  }

  @Test
  void fileThatIsADirectoryToo_isRefused() {
    refused("file-and-directory", holding(PREFIX + "a", PREFIX + "a/x"));
    refused("file-and-directory", holding(PREFIX + "a/x", PREFIX + "a"));
    refused("file-and-directory", holding(PREFIX + "a/b/x", PREFIX + "a/b"));
    refused("file-and-directory", holding(PREFIX + "b/y", PREFIX + "a", PREFIX + "a/b/x"));
    refused("file-and-directory", empty(PREFIX + "a", PREFIX + "a/"));
  }

  @Test
  void directoryWithContent_isRefused() {
    refused("directory-data", holding(PREFIX + "a/"));
    refused("directory-data", holding(PREFIX));
  }

  /** It declares nothing, but unpacks to something. */
  @Test
  void directoryWithHiddenContent_isRefused() {
    CraftedZip zip = holding(PREFIX + "a/");
    zip.entry(0).size(0).crc(0);
    refused("size", zip);
  }

  @Test
  void nestedGoMod_isRefused() {
    refused("nested-go-mod", holding(PREFIX + "a/go.mod"));
    refused("nested-go-mod", holding(PREFIX + "a/b/GO.MOD"));
    assertEquals(1, accepted(holding(PREFIX + "a/_go.mod")).files());
    assertEquals(1, accepted(holding(PREFIX + "a/go.mod.txt")).files());
  }

  @Test
  void goModInUpperCase_isRefused() {
    refused("go-mod-case", holding(PREFIX + "GO.MOD"));
    refused("go-mod-case", holding(PREFIX + "Go.mod"));
  }

  /** Only files are meant by that rule. */
  @Test
  void directoryNamedGoMod_isAccepted() {
    assertEquals(1, accepted(holding(PREFIX + "go.mod/x")).files());
  }

  @Test
  void goModAndLicense_areAtMost16MiB() {
    for (String name : new String[] {"go.mod", "LICENSE"}) {
      accepted(sized(PREFIX + name, 16 * MIB));
      refused("special-size", sized(PREFIX + name, 16 * MIB + 1));
    }
    accepted(sized(PREFIX + "a/LICENSE", 16 * MIB + 1));
    accepted(sized(PREFIX + "license", 16 * MIB + 1));
  }

  /** A map of whole paths would hold some hundred MB for them. */
  @Test
  void deepNames_costTheirLengthNotItsSquare() {
    assertEquals(100, accepted(deep(100)).files());
  }

  @Test
  void tooManyPaths_areRefused() {
    refused("paths", deep(PathTree.MAX_NODES / 2001 + 1));
  }

  /** Names whose hashes in a Java map are all the same. */
  @Test
  void namesOfOneHash_areAccepted() {
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder name = new StringBuilder(PREFIX);
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "2P" : "31");
      }
      zip.add(name.toString(), "");
    }
    assertEquals(1 << 14, accepted(zip).files());
  }

  @Test
  void soundZip_hasNoneOfThese() {
    accepted(zip());
  }

  private static CraftedZip holding(String... names) {
    CraftedZip zip = new CraftedZip();
    for (String name : names) {
      zip.add(name, "x");
    }
    return zip;
  }

  private static CraftedZip empty(String... names) {
    CraftedZip zip = new CraftedZip();
    for (String name : names) {
      zip.add(name, "".getBytes(UTF_8));
    }
    return zip;
  }

  /** Names of 2,001 elements, of which no two share a parent. */
  private static CraftedZip deep(int names) {
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < names; i++) {
      zip.add(PREFIX + i + "/d".repeat(2000), "");
    }
    return zip;
  }

  private static CraftedZip sized(String name, int bytes) {
    CraftedZip zip = new CraftedZip();
    zip.add(name, new byte[bytes]);
    return zip;
  }
}
