package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.zip.GrowingZip;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A zip that is taken has one reading: a reader that follows the local headers and one that follows
 * the directory hash to what we hash, unless they refuse it. And to say so takes little memory.
 */
final class ZipProperty {

  static final ModuleVersion VERSION = ModuleVersion.parse("example.com/m@v1.2.3").orThrow();
  static final String PREFIX = VERSION + "/";

  /** Bytes that are allocated to examine one small zip; the two buffers alone have 448 KiB. */
  private static final long MAX_ALLOCATED = 4 << 20;

  private static final Path FILE = file();

  /** As {@link ModuleZip#examine}. */
  interface Examination {
    ZipVerdict examine(Path zip, ModuleVersion version) throws IOException;
  }

  private ZipProperty() {}

  /** And that it is judged the same if it is read ahead while it comes in. */
  static ZipVerdict check(byte[] zip) {
    ZipVerdict verdict = check(zip, ModuleZip::examine);
    try {
      assertEquals(verdict, GrowingZip.examine(FILE, VERSION));
      return verdict;
    } catch (IOException e) {
      throw new UncheckedIOException("never for what stands in the file", e);
    }
  }

  static ZipVerdict check(byte[] zip, Examination examination) {
    try {
      Files.write(FILE, zip);
      ZipVerdict verdict = examination.examine(FILE, VERSION);
      assertLittleIsAllocated(examination);
      switch (verdict) {
        case ZipVerdict.Sound(H1 h1, int files, long _) -> {
          byLocalHeaders(zip).ifPresent(read -> assertEquals(new Reading(h1, files), read));
          byDirectory().ifPresent(read -> assertEquals(new Reading(h1, files), read));
        }
        case ZipVerdict.Unsound(String rule, String reason) -> {
          Reasons.check(rule);
          Reasons.check(reason);
        }
      }
      return verdict;
    } catch (IOException e) {
      throw new UncheckedIOException("never for what stands in the file", e);
    }
  }

  /** Counted the second time, when all classes are loaded. */
  private static void assertLittleIsAllocated(Examination examination) throws IOException {
    long before = allocated();
    examination.examine(FILE, VERSION);
    long spent = allocated() - before;
    assertTrue(spent <= MAX_ALLOCATED, () -> spent + " bytes allocated");
  }

  /** What a reader makes of a zip. */
  private record Reading(H1 h1, int files) {}

  private static Optional<Reading> byLocalHeaders(byte[] zip) throws IOException {
    H1.Builder hash = new H1.Builder();
    int files = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        hash.add(entry.getName().getBytes(UTF_8), sha256(in));
        files++;
      }
      return Optional.of(new Reading(hash.build(), files));
    } catch (ZipException refused) {
      return Optional.empty();
    }
  }

  private static Optional<Reading> byDirectory() throws IOException {
    H1.Builder hash = new H1.Builder();
    try (ZipFile zip = new ZipFile(FILE.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          hash.add(entry.getName().getBytes(UTF_8), sha256(in));
        }
      }
      return Optional.of(new Reading(hash.build(), entries.size()));
    } catch (ZipException refused) {
      return Optional.empty();
    }
  }

  private static byte[] sha256(InputStream in) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", ".zip");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
