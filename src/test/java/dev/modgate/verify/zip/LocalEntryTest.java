package dev.modgate.verify.zip;

import static dev.modgate.verify.zip.Fixture.PREFIX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.fake.CraftedEntry.Descriptor;
import dev.modgate.fake.CraftedZip;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalEntryTest {

  /** In bytes: a local header and the longest of the names here. */
  private static final int SMALLEST_BUFFER = 30 + PREFIX.length() + 1;

  @TempDir private Path folder;

  /** Headers, data and descriptors meet the end of the buffer everywhere. */
  @Test
  void read_throughABufferOfAnySize_isTheSame() throws IOException {
    CraftedZip zip = new CraftedZip();
    zip.add(PREFIX + "a", "package a, package a");
    zip.add(PREFIX + "b", "stored").stored("stored".getBytes(StandardCharsets.UTF_8));
    zip.add(PREFIX + "c", "");
    zip.add(PREFIX + "d", "in the header").sizesInHeader();
    zip.add(PREFIX + "e", "unsigned").descriptor(Descriptor.UNSIGNED);
    byte[] bytes = zip.bytes();
    try (FileChannel file = FileChannel.open(Files.write(folder.resolve("m.zip"), bytes))) {
      List<String> whole = digests(file, bytes.length);
      assertEquals(5, whole.size());
      for (int buffer = SMALLEST_BUFFER; buffer < bytes.length; buffer++) {
        assertEquals(whole, digests(file, buffer), buffer + " bytes");
      }
    }
  }

  private static List<String> digests(FileChannel file, int buffer) throws IOException {
    EndRecord end =
        assertInstanceOf(EndSearch.Found.class, EndRecord.read(file, file.size())).end();
    Window directory = new Window(file, end.offset(), end.offset() + end.bytes(), 1 << 10);
    try (Workspace workspace = Workspace.take()) {
      Content content = new Content(workspace, ReadAhead.none());
      LocalEntry local = new LocalEntry(new Window(file, 0, end.offset(), buffer), content);
      List<String> digests = new ArrayList<>();
      for (int i = 0; i < end.entries(); i++) {
        Entry entry = new Entry();
        assertEquals(Optional.empty(), entry.read(directory));
        assertEquals(Optional.empty(), local.read(entry));
        digests.add(HexFormat.of().formatHex(content.sha256()));
      }
      assertEquals(Optional.empty(), local.checkLast());
      return digests;
    }
  }
}
