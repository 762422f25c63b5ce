package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static dev.modgate.verify.zip.Fixture.VERSION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.CraftedEntry;
import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is read ahead never changes a verdict, whatever it took the file for. That every other test
 * of zips reads each of them ahead too is {@link Fixture}'s doing.
 */
final class ReadAheadTest {

  private final int free = Forerunner.free();

  @TempDir private Path folder;

  @AfterEach
  void everyReader_isClosed() {
    assertEquals(free, Forerunner.free());
  }

  @Test
  void examine_readAheadToEachPlace_isTheSame() throws IOException {
    Path file = write(everyForm());
    assertInstanceOf(ZipVerdict.Sound.class, GrowingZip.examineAtEachPlace(file, VERSION));
    assertEquals(7, GrowingZip.measured(file, VERSION));
  }

  /** One bit is wrong, here and there, and comes to light in different ways. */
  @Test
  void examine_wrongBit_readAheadToEachPlace_isTheSame() throws IOException {
    byte[] sound = Fixture.zip().bytes();
    Random random = new Random(1);
    for (int at = 0; at < sound.length; at += 7) {
      byte[] flipped = sound.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      var _ = GrowingZip.examineAtEachPlace(write(flipped), VERSION);
    }
  }

  @Test
  void grown_fileThatReallyGrows_isReadAsFarAsItIsThere() throws IOException {
    byte[] bytes = everyForm().bytes();
    Path file = folder.resolve("growing.zip");
    Findings found = new Findings();
    try (FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ReadAhead ahead = new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, found)) {
      for (int at = 0; at < bytes.length; at++) {
        assertEquals(1, out.write(ByteBuffer.wrap(bytes, at, 1)));
        ahead.grown(at + 1L);
      }
      assertEquals(7, found.count());
      assertEquals(ModuleZip.examine(file, VERSION), ModuleZip.examine(file, VERSION, ahead));
    }
  }

  /** To who follows local headers there are other entries than the directory has. */
  @Test
  void examine_storedEntryThatHoldsEntries_isTheSame() throws IOException {
    byte[] inner = Fixture.zip().bytes();
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", "first");
    zip.add(PREFIX + "inner.zip", inner).stored(inner);
    zip.add(PREFIX + "z", "last");
    assertInstanceOf(ZipVerdict.Sound.class, GrowingZip.examineAtEachPlace(write(zip), VERSION));
    zip.entry(1).localSize(0).localPackedSize(0);
    assertUnsound("local-size", zip);
  }

  @Test
  void examine_entriesThatTheDirectoryPlacesElsewhere_isTheSame() throws IOException {
    for (int shift : new int[] {-30, -1, 1, 30, 100}) {
      CraftedZip zip = Fixture.zip();
      zip.entry(1).offsetShift(shift);
      assertUnsound(shift < 0 ? "overlap" : "gap", zip);
    }
  }

  @Test
  void examine_twoEntriesOverTheSameBytes_isTheSame() throws IOException {
    CraftedZip zip = new CraftedZip();
    CraftedEntry first = zip.add(PREFIX + "a", "x".repeat(5_000));
    zip.addQuoting(first, PREFIX + "b");
    assertUnsound("overlap", zip);
  }

  /** The method in the directory is another one; bytes, place and lengths are the same. */
  @Test
  void examine_anotherMethodInTheDirectory_isTheSame() throws IOException {
    byte[] content = "x".getBytes(UTF_8);
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", content).stored(content).method(8).localMethod(0);
    assertUnsound("local-method", zip);
  }

  /** Each lie in what is known is told apart, or shows that what is known is used. */
  @Test
  void measured_plantedLie_isNoticed() throws IOException {
    byte[] content = "content".getBytes(UTF_8);
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", content).stored(content);
    Path file = write(zip);
    long crc = crc(content);
    long place = 30L + PREFIX.length() + 1;
    long size = content.length;
    ZipVerdict.Sound sound =
        assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(file, VERSION));
    byte[] false256 = new byte[32];
    Measured used = new Measured(Entry.STORED, size, size, crc, false256);
    ZipVerdict.Sound misled =
        assertInstanceOf(ZipVerdict.Sound.class, examine(file, Map.of(place, used)));
    assertNotEquals(sound.h1(), misled.h1(), "who compares the two notices");
    Measured falseCrc = new Measured(Entry.STORED, size, size, 1, false256);
    assertEquals("crc", rule(examine(file, Map.of(place, falseCrc))));
    Map<Long, Measured> unfit = Map.of(place - 1, used, place + 1, used, 0L, used);
    assertEquals(sound, examine(file, unfit), "another place");
    for (Measured other :
        List.of(
            new Measured(Entry.DEFLATED, size, size, crc, false256),
            new Measured(Entry.STORED, size - 1, size, crc, false256),
            new Measured(Entry.STORED, size + 1, size, crc, false256),
            new Measured(Entry.STORED, size, size - 1, crc, false256),
            new Measured(Entry.STORED, size, size + 1, crc, false256))) {
      assertEquals(sound, examine(file, Map.of(place, other)), "another length or method");
    }
  }

  /** The reading that decides goes on where the stream was left, and is told what it comes to. */
  @Test
  void measured_streamThatWasHalfRead_isReadToItsEnd() throws Exception {
    byte[] content = noise(5_000);
    for (boolean stored : new boolean[] {false, true}) {
      CraftedZip zip = new CraftedZip();
      CraftedEntry only = zip.add(PREFIX + "a", content);
      if (stored) {
        only.stored(content);
      }
      Path file = write(zip);
      Entry entry = directory(file, VERSION, 0, 1).directory().orElseThrow().entries().getFirst();
      long place = 30L + PREFIX.length() + 1;
      for (long read : new long[] {1, 2_500, entry.packedBytes() - 1}) {
        try (ReadAhead ahead = aheadOf(file)) {
          ahead.grown(place + read);
          ahead.end();
          assertFalse(ahead.measured(place - 1, entry).isPresent(), "another place");
          Measured found = ahead.measured(place, entry).orElseThrow();
          assertEquals(crc(content), found.crc());
          assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(content), found.sha256());
          assertTrue(found.fits(entry));
          assertEquals(free, Forerunner.free(), "nothing is left to read");
          assertFalse(ahead.measured(place, entry).isPresent(), "once");
        }
      }
    }
  }

  /**
   * What was half read does not end as the directory says, whose sizes are the descriptor's too.
   */
  @Test
  void examine_streamThatWasHalfReadAndEndsElsewhere_isTheSame() throws IOException {
    byte[] content = noise(200);
    byte[] stream = new CraftedZip().add(PREFIX + "a", content).packed();
    assertUnsound("deflate-tail", Arrays.copyOf(stream, stream.length + 1), content.length);
    assertUnsound("deflate-tail", Arrays.copyOf(stream, stream.length + 50), content.length);
    assertUnsound("deflate", Arrays.copyOf(stream, stream.length - 1), content.length);
    assertUnsound("deflate", Arrays.copyOf(stream, stream.length / 2), content.length);
    assertUnsound("size", stream, content.length - 1);
    assertUnsound("size", stream, content.length + 1);
    assertUnsound("size", stream, 1);
  }

  private void assertUnsound(String rule, byte[] stream, long size) throws IOException {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", noise(200)).packed(stream).size(size);
    assertUnsound(rule, zip);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  /** The same of records: what was read of another file is used if it claims to be of this one. */
  @Test
  void directory_plantedLie_isNoticed() throws IOException {
    Path file = write(Fixture.zip());
    ZipVerdict sound = ModuleZip.examine(file, VERSION);
    CraftedZip other = Fixture.zip();
    other.entry(2).crc(1);
    Path lying = Files.write(folder.resolve("other.zip"), other.bytes());
    for (int records = 0; records < 3; records++) {
      assertEquals(sound, examine(file, directory(lying, VERSION, 0, records)), "true so far");
    }
    assertEquals("crc", rule(examine(file, directory(lying, VERSION, 0, 3))));
    assertEquals(sound, examine(file, directory(lying, VERSION, 1, 3)), "another place");
    ModuleVersion version = ModuleVersion.parse("example.com/m@v1.2.3+incompatible").orThrow();
    assertEquals(sound, examine(file, directory(lying, version, 0, 0)), "another version");
  }

  @Test
  void directory_moreRecordsThanTheEndRecordCounts_isReadAgain() throws IOException {
    Path file = write(Fixture.zip().count(2));
    Path sound = Files.write(folder.resolve("sound.zip"), Fixture.zip().bytes());
    assertEquals("directory", rule(examine(file, directory(sound, VERSION, 0, 3))));
  }

  @Test
  void grown_toTheEnd_readsTheDirectoryToo() throws IOException {
    Path file = write(Fixture.zip());
    Findings found = new Findings();
    try (ReadAhead ahead = new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, found)) {
      ahead.grown(Files.size(file));
      assertEquals(3, found.directory().orElseThrow().entries().size());
      assertEquals(free, Forerunner.free(), "it is over");
    }
  }

  @Test
  void grown_faultyRecord_isLeftToWhoJudges() throws IOException {
    CraftedZip zip = Fixture.zip();
    zip.entry(1).disk(1);
    Path file = write(zip);
    Findings found = new Findings();
    try (ReadAhead ahead = new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, found)) {
      ahead.grown(Files.size(file));
      assertEquals(Optional.empty(), found.directory());
      assertEquals("disks", rule(ModuleZip.examine(file, VERSION, ahead)));
    }
  }

  /** What was unpacked counts: a MiB, and then as much stored data as may still come, or a byte. */
  @Test
  void grown_storedDataThatMakes500MiB_isFollowedAndNoMore() throws IOException {
    long left = (500L << 20) - (1 << 20);
    for (long size : new long[] {left, left + 1}) {
      CraftedZip zip = new CraftedZip();
      zip.add(PREFIX + "0", new byte[1 << 20]);
      zip.add(PREFIX + "1", "").stored(new byte[0]).localSize(size);
      Path file = write(zip);
      try (ReadAhead ahead = aheadOf(file)) {
        ahead.grown(Files.size(file));
        assertEquals(size == left ? free - 1 : free, Forerunner.free(), size + " bytes");
      }
    }
  }

  @Test
  void grown_storedDataOfMoreThan500MiB_isNotFollowed() throws IOException {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", "").stored(new byte[0]).localSize((500L << 20) + 1);
    Path file = write(zip);
    try (ReadAhead ahead = new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, new Findings())) {
      ahead.grown(Files.size(file));
      assertEquals(free, Forerunner.free(), "it is over");
    }
  }

  @Test
  void grown_noZip_isOverAtOnce() throws IOException {
    for (byte[] bytes : List.of(new byte[100], "<!DOCTYPE html>".repeat(9).getBytes(UTF_8))) {
      try (ReadAhead ahead = aheadOf(write(bytes))) {
        ahead.grown(bytes.length);
        assertEquals(free, Forerunner.free());
      }
    }
  }

  @Test
  void grown_fileThatIsGone_isOverAtOnce() {
    try (ReadAhead ahead = aheadOf(folder.resolve("none"))) {
      ahead.grown(100);
      assertEquals(free, Forerunner.free());
    }
  }

  @Test
  void grown_fileThatBecameShorter_isOverAtOnce() throws IOException {
    byte[] bytes = Fixture.zip().bytes();
    try (ReadAhead ahead = aheadOf(write(Arrays.copyOf(bytes, 40)))) {
      ahead.grown(bytes.length);
      assertEquals(free, Forerunner.free());
    }
  }

  @Test
  void close_inTheMiddle_freesWhatItHeld() throws IOException {
    Path file = write(Fixture.zip());
    ReadAhead ahead = aheadOf(file);
    ahead.grown(Files.size(file) / 2);
    assertEquals(free - 1, Forerunner.free());
    ahead.close();
    assertEquals(free, Forerunner.free());
    ahead.grown(Files.size(file));
    assertEquals(free, Forerunner.free(), "what comes later is not read");
  }

  @Test
  void grown_asManyAsThereMayBe_waitsForAPlace() throws IOException {
    Path file = write(Fixture.zip());
    long half = Files.size(file) / 2;
    List<ReadAhead> others = new ArrayList<>();
    Findings found = new Findings();
    try (ReadAhead late = new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, found)) {
      for (int i = 0; i < free; i++) {
        others.add(aheadOf(file));
        others.getLast().grown(half);
      }
      assertEquals(0, Forerunner.free());
      late.grown(half);
      assertEquals(0, found.count());
      others.getFirst().close();
      late.grown(Files.size(file));
      assertEquals(3, found.count(), "from the first byte on");
    } finally {
      others.forEach(ReadAhead::close);
    }
  }

  @Test
  void grown_noHelperIdle_isAskedForAgainWithTheNextPiece() throws IOException {
    Path file = write(Fixture.zip());
    Deque<Boolean> idle = new ArrayDeque<>(List.of(false, true));
    Findings found = new Findings();
    try (ReadAhead ahead =
        new ReadAhead(
            file, VERSION, 100, work -> idle.remove() && GrowingZip.doneHere(work), found)) {
      ahead.grown(99);
      assertEquals(2, idle.size(), "not worth waking");
      ahead.grown(100);
      assertEquals(1, idle.size());
      ahead.grown(199);
      assertEquals(1, idle.size(), "not worth waking");
      ahead.grown(Files.size(file));
      assertEquals(3, found.count());
    }
  }

  /** Who is offered the work gets to it only after the file is whole, or gone. */
  @Test
  void grown_helperThatComesTooLate_doesNothing() throws IOException {
    Path file = write(Fixture.zip());
    Deque<Runnable> waiting = new ArrayDeque<>();
    Findings found = new Findings();
    ReadAhead ahead = new ReadAhead(file, VERSION, 1, waiting::add, found);
    ahead.grown(50);
    ahead.grown(100);
    assertEquals(1, waiting.size(), "one at a time");
    assertInstanceOf(ZipVerdict.Sound.class, ModuleZip.examine(file, VERSION, ahead));
    waiting.remove().run();
    ahead.close();
    assertEquals(0, found.count());
    ahead.grown(Files.size(file));
    assertTrue(waiting.isEmpty());
  }

  /** With the helpers of this process; how far they get is theirs to say. */
  @Test
  void examine_readAheadByHelpers_isTheSame() throws IOException {
    Path file = write(large());
    ZipVerdict verdict = ModuleZip.examine(file, VERSION);
    assertInstanceOf(ZipVerdict.Sound.class, verdict);
    Findings found = new Findings();
    int rounds = 0;
    while (found.count() == 0) {
      assertTrue(rounds < 10_000, "nobody helped");
      assertEquals(verdict, received(file, found));
      rounds++;
      if (Runtime.getRuntime().availableProcessors() == 1) {
        return;
      }
    }
  }

  private static ZipVerdict received(Path file, Findings found) throws IOException {
    long size = Files.size(file);
    try (ReadAhead ahead = new ReadAhead(file, VERSION, 1, Helpers::offer, found)) {
      for (long at = 0; at < size; at += 8 << 10) {
        ahead.grown(at);
        Thread.onSpinWait();
      }
      ahead.grown(size);
      return ModuleZip.examine(file, VERSION, ahead);
    }
  }

  @Test
  void close_whileAHelperReads_waitsForItsStepAlone() throws IOException {
    Path file = write(large());
    for (int i = 0; i < 200; i++) {
      ReadAhead ahead = new ReadAhead(file, VERSION, 1, Helpers::offer, new Findings());
      ahead.grown(Files.size(file));
      ahead.close();
      assertEquals(free, Forerunner.free());
    }
  }

  @Test
  void none_knowsNothing() throws IOException {
    Entry entry = new Entry();
    assertFalse(ReadAhead.none().measured(0, entry).isPresent());
  }

  private static long crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return crc.getValue();
  }

  private static ReadAhead aheadOf(Path file) {
    return new ReadAhead(file, VERSION, 1, GrowingZip::doneHere, new Findings());
  }

  private static ZipVerdict examine(Path file, Map<Long, Measured> known) throws IOException {
    Findings found = new Findings();
    known.forEach(found::add);
    return examine(file, found);
  }

  private static ZipVerdict examine(Path file, Findings found) throws IOException {
    try (ReadAhead ahead = new ReadAhead(file, VERSION, 1, _ -> false, found)) {
      return ModuleZip.examine(file, VERSION, ahead);
    }
  }

  /** The records that lie in a file, read as if they began at another place. */
  private static Findings directory(Path file, ModuleVersion version, long place, int records)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      EndRecord end =
          assertInstanceOf(EndSearch.Found.class, EndRecord.read(channel, channel.size())).end();
      Directory directory = new Directory(version, end.offset() + place);
      Window window = new Window(channel, end.offset(), end.offset() + end.bytes(), 1 << 10);
      for (int i = 0; i < records; i++) {
        assertEquals(Optional.empty(), directory.read(window));
      }
      Findings found = new Findings();
      found.set(Optional.of(directory));
      return found;
    }
  }

  private void assertUnsound(String rule, CraftedZip zip) throws IOException {
    assertEquals(rule, rule(GrowingZip.examineAtEachPlace(write(zip), VERSION)));
  }

  private static String rule(ZipVerdict verdict) {
    return assertInstanceOf(ZipVerdict.Unsound.class, verdict).rule();
  }

  /** Every way in which an entry may lie in a sound zip. */
  private static CraftedZip everyForm() {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a/", "").stored(new byte[0]);
    zip.add(PREFIX + "a/b", "stored").stored("stored".getBytes(UTF_8));
    zip.add(PREFIX + "c", "in the header, in the header").sizesInHeader();
    zip.add(PREFIX + "d", "signed, signed, signed, signed");
    zip.add(PREFIX + "e", "unsigned").descriptor(Descriptor.UNSIGNED);
    zip.add(PREFIX + "f", "");
    zip.add(PREFIX + "g", "z".repeat(200_000));
    return zip;
  }

  /** More than a helper is woken for, in one stream that most of it is, and in many. */
  private static CraftedZip large() {
    Random random = new Random(1);
    CraftedZip zip = new CraftedZip();
    for (int i = 0; i < 40; i++) {
      byte[] noise = new byte[i == 30 ? 1 << 20 : 10_000];
      random.nextBytes(noise);
      zip.add(PREFIX + i, noise);
    }
    return zip;
  }

  private Path write(CraftedZip zip) throws IOException {
    return write(zip.bytes());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.zip"), bytes);
  }
}
