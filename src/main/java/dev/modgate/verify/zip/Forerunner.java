package dev.modgate.verify.zip;

import dev.modgate.verify.module.ModuleVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Follows the entries of a zip from its first byte on, local header after local header, as far as
 * the file has come in, and measures the data behind each. Where data begins and which method it
 * has is a guess, because the directory is not there yet: what is measured is true of the bytes all
 * the same. Behind the entries it reads the directory, so far as that is without fault. It judges
 * nothing, and stops for good at the first thing that it does not understand.
 *
 * <p>For one thread at a time.
 */
final class Forerunner implements AutoCloseable {

  /** Bytes of the file that one step reads at most; they unpack to some 16 MiB at most. */
  private static final int STEP = 16 << 10;

  private enum At {
    HEADER,
    DATA,
    DESCRIPTOR,
    DIRECTORY,
    /** At something that is no local header, or at a bound. */
    END
  }

  /** Of this process at a time. */
  static final int PLACES = 32;

  private static final Semaphore FREE = new Semaphore(PLACES);

  private final FileChannel channel;
  private final Workspace workspace = Workspace.take();
  private final Window file;
  private final Unpacker unpacker;
  private final ModuleVersion version;
  private final Findings findings;

  private At at = At.HEADER;

  /** Bytes that all data may still unpack to. */
  private long room = EntryNames.MAX_UNPACKED;

  private int method;
  private boolean hasDescriptor;

  /** Where the data of the entry under way begins. */
  private long place;

  /** Bytes of stored data that are still to come. */
  private long stored;

  private Forerunner(FileChannel channel, ModuleVersion version, Findings findings) {
    this.version = version;
    this.channel = channel;
    this.file = new Window(channel, 0, 0, workspace.packed);
    this.unpacker = new Unpacker(workspace);
    this.findings = findings;
  }

  /**
   * Begins at the first byte.
   *
   * @param version that the zip claims to be
   * @param findings takes what is found
   * @return empty if as many are at work as there may be
   */
  static Optional<Forerunner> open(Path zip, ModuleVersion version, Findings findings)
      throws IOException {
    if (!FREE.tryAcquire()) {
      return Optional.empty();
    }
    boolean opened = false;
    try {
      FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ);
      opened = true;
      return Optional.of(new Forerunner(channel, version, findings));
    } finally {
      if (!opened) {
        FREE.release();
      }
    }
  }

  /**
   * Reads a little further.
   *
   * @param available bytes of the file that are there and will not change; never less than before
   * @return false if there is nothing to do before more has come
   */
  boolean step(long available) throws IOException {
    file.endAt(available);
    return switch (at) {
      case HEADER -> readHeader();
      case DATA -> readData();
      case DESCRIPTOR -> passDescriptor();
      case DIRECTORY -> readRecord();
      case END -> false;
    };
  }

  /** How many more may be opened. */
  static int free() {
    return FREE.availablePermits();
  }

  /** True once it has stopped for good. */
  boolean isOver() {
    return at == At.END;
  }

  private boolean readHeader() throws IOException {
    if (!file.demand(LocalEntry.LENGTH)) {
      return false;
    }
    int length = LocalEntry.LENGTH + file.u16(26);
    if (!isUnderstood()) {
      return file.u32(0) == Entry.SIGNATURE ? beginDirectory() : stop();
    }
    if (!file.demand(length)) {
      return false;
    }
    method = file.u16(8);
    hasDescriptor = (file.u16(6) & Entry.DESCRIPTOR) != 0;
    stored = file.u32(22);
    file.skip(length);
    place = file.position();
    unpacker.begin();
    at = At.DATA;
    return true;
  }

  /** A header with a name and nothing behind it, and an end of the data that can be found. */
  private boolean isUnderstood() {
    boolean deflated = file.u16(8) == Entry.DEFLATED;
    boolean bounded =
        file.u16(8) == Entry.STORED
            && (file.u16(6) & Entry.DESCRIPTOR) == 0
            && file.u32(22) <= room;
    return file.u32(0) == LocalEntry.SIGNATURE
        && file.u16(26) <= Entry.MAX_NAME
        && file.u16(28) == 0
        && (deflated || bounded)
        && findings.count() < EndRecord.MAX_ENTRIES;
  }

  private boolean readData() throws IOException {
    long most = Math.min(STEP, file.left());
    return method == Entry.DEFLATED ? inflate(most) : copy(Math.min(most, stored));
  }

  private boolean inflate(long most) throws IOException {
    return switch (unpacker.inflate(file, most, room)) {
      case OPEN -> most > 0;
      case ENDED -> keep(unpacker.deflated());
      case MALFORMED, TOO_LONG -> stop();
    };
  }

  private boolean copy(long most) throws IOException {
    unpacker.copy(file, most);
    stored -= most;
    return stored == 0 ? keep(unpacker.bytes()) : most > 0;
  }

  private boolean keep(long packedBytes) {
    findings.add(place, measured(packedBytes));
    room -= unpacker.bytes();
    at = hasDescriptor ? At.DESCRIPTOR : At.HEADER;
    return true;
  }

  private Measured measured(long packedBytes) {
    return new Measured(method, packedBytes, unpacker.bytes(), unpacker.crc(), unpacker.sha256());
  }

  private boolean passDescriptor() throws IOException {
    if (!file.demand(4)) {
      return false;
    }
    int length = LocalEntry.descriptorLength(file);
    if (!file.demand(length)) {
      return false;
    }
    file.skip(length);
    at = At.HEADER;
    return true;
  }

  private boolean beginDirectory() {
    findings.set(Optional.of(new Directory(version, file.position())));
    at = At.DIRECTORY;
    return true;
  }

  /** What no longer is a record ends the directory; a faulty record is for others to judge. */
  private boolean readRecord() throws IOException {
    if (!file.demand(4)) {
      return false;
    }
    Directory directory = findings.directory().orElseThrow();
    if (file.u32(0) != Entry.SIGNATURE || directory.isFull()) {
      return stop();
    }
    if (!file.demand(Entry.LENGTH) || !file.demand(Entry.length(file))) {
      return false;
    }
    if (directory.read(file).isPresent()) {
      findings.set(Optional.empty());
      return stop();
    }
    return true;
  }

  private boolean stop() {
    at = At.END;
    return false;
  }

  /** True if the data that begins at that place has been read in part. */
  boolean isWithin(long begin) {
    return at == At.DATA && place == begin;
  }

  /**
   * Reads the data under way to its end, now that all of the file is there.
   *
   * @param entry whose data begins at the same place; the file is known to hold it
   * @return empty if that is not what the entry says it is
   */
  Optional<Measured> finish(Entry entry) throws IOException {
    long end = place + entry.packedBytes();
    if (method != entry.method() || file.position() > end || unpacker.bytes() > entry.bytes()) {
      return Optional.empty();
    }
    file.endAt(end);
    if (method == Entry.DEFLATED) {
      Unpacker.State state = unpacker.inflate(file, file.left(), entry.bytes());
      return state == Unpacker.State.ENDED
          ? Optional.of(measured(unpacker.deflated())).filter(found -> found.fits(entry))
          : Optional.empty();
    }
    unpacker.copy(file, file.left());
    return Optional.of(measured(unpacker.bytes())).filter(found -> found.fits(entry));
  }

  @Override
  public void close() {
    workspace.close();
    FREE.release();
    try {
      channel.close();
    } catch (IOException e) {
      // It was read from only.
    }
  }
}
