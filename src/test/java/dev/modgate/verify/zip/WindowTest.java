package dev.modgate.verify.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowTest {

  /** The bytes from 0xf0 on. */
  private static final byte[] BYTES = {
    (byte) 0xf0,
    (byte) 0xf1,
    (byte) 0xf2,
    (byte) 0xf3,
    (byte) 0xf4,
    (byte) 0xf5,
    (byte) 0xf6,
    (byte) 0xf7,
    (byte) 0xf8,
    (byte) 0xf9,
    (byte) 0xfa,
    (byte) 0xfb
  };

  @TempDir private Path folder;

  @Test
  void numbers_areLittleEndianAndUnsigned() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 1, 12, 11);
      assertTrue(window.demand(11));
      assertEquals(0xf3f2, window.u16(1));
      assertEquals(0xf5f4f3f2L, window.u32(1));
      assertEquals(0xf9f8f7f6f5f4f3f2L, window.u64(1));
      assertArrayEquals(new byte[] {(byte) 0xf3, (byte) 0xf4}, window.copy(2, 2));
      assertTrue(window.matches(2, new byte[] {(byte) 0xf3, (byte) 0xf4}));
      assertFalse(window.matches(2, new byte[] {(byte) 0xf3, (byte) 0xf5}));
      window.skip(3);
      assertEquals(0xf5f4, window.u16(0));
    }
  }

  @Test
  void demand_throughASmallBuffer_passesOverEveryByteOnce() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 2, 11, 4);
      assertEquals(2, window.position());
      assertEquals(9, window.left());
      for (int at = 2; at < 11; at++) {
        assertEquals(at, window.position());
        assertTrue(window.demand(1));
        assertEquals(BYTES[at], window.array()[window.at()]);
        window.skip(1);
      }
      assertEquals(0, window.left());
      assertFalse(window.demand(1));
    }
  }

  @Test
  void demand_moreThanIsLeft_isFalseAndWhatIsLeftCanBeRead() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 8, 11, 8);
      assertFalse(window.demand(4));
      assertTrue(window.demand(3));
      assertEquals(3, window.ready());
      assertEquals(0xf9f8, window.u16(0));
    }
  }

  @Test
  void demand_fileThatBecameShorter_throws() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 8, 20, 12);
      assertThrows(EOFException.class, () -> window.demand(12));
    }
  }

  @Test
  void pass_readyBytesOrMore_goesOnBehindThem() throws IOException {
    for (int bytes = 0; bytes <= 9; bytes++) {
      try (FileChannel file = file()) {
        Window window = new Window(file, 2, 11, 4);
        assertTrue(window.demand(4));
        window.pass(bytes);
        assertEquals(2 + bytes, window.position());
        assertEquals(9 - bytes, window.left());
        assertEquals(bytes < 9, window.demand(1));
        if (bytes < 9) {
          assertEquals(BYTES[2 + bytes], window.array()[window.at()]);
        }
      }
      Files.delete(folder.resolve("file"));
    }
  }

  @Test
  void giveBack_bytesPassedOverLast_areReadAgain() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 2, 11, 4);
      assertTrue(window.demand(4));
      window.skip(4);
      window.giveBack(3);
      assertEquals(3, window.position());
      assertEquals(3, window.ready());
      assertEquals(BYTES[3], window.array()[window.at()]);
    }
  }

  @Test
  void endAt_further_showsWhatHasCome() throws IOException {
    try (FileChannel file = file()) {
      Window window = new Window(file, 0, 0, 8);
      assertFalse(window.demand(1));
      window.endAt(3);
      assertFalse(window.demand(4));
      assertTrue(window.demand(1));
      assertEquals(3, window.ready());
      window.skip(2);
      window.endAt(5);
      assertEquals(3, window.left());
      assertEquals(1, window.ready());
      assertTrue(window.demand(3));
      assertEquals(3, window.ready());
      assertEquals(BYTES[2], window.array()[window.at()]);
    }
  }

  private FileChannel file() throws IOException {
    return FileChannel.open(Files.write(folder.resolve("file"), BYTES));
  }
}
