package dev.modgate.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Fork;
import dev.modgate.verify.sumdb.LogStore;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The state of one checksum database on disk. Lookups and tiles lie in the cache and may be wiped
 * with it; the head and the evidence of a fork do not. The head is compared and set under a file
 * lock, so that processes may share a data directory.
 */
public final class DiskLogStore implements LogStore {

  private static final long MAX_NOTE = 1 << 20;

  private final String database;
  private final DataDirectory data;
  private final Path state;
  private final Path cache;
  private final ReentrantLock inProcess = new ReentrantLock();

  /**
   * @param database its name, {@code host} or {@code host/path}
   */
  public DiskLogStore(DataDirectory data, String database) {
    this.database = database;
    this.data = data;
    this.state = data.database(database);
    this.cache = data.downloads().resolve("sumdb").resolve(database);
  }

  @Override
  public Optional<byte[]> head() throws IOException {
    return trusted(state.resolve("latest"));
  }

  @Override
  public boolean replaceHead(Optional<byte[]> expected, byte[] next) throws IOException {
    inProcess.lock();
    try {
      Files.createDirectories(state);
      try (FileChannel file =
              FileChannel.open(
                  state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock acrossProcesses = file.lock()) {
        if (!acrossProcesses.isValid() || !same(head(), expected)) {
          return false;
        }
        DurableFile.write(state.resolve("latest"), next, data.newTemporary());
        return true;
      }
    } finally {
      inProcess.unlock();
    }
  }

  private static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
    return a.isPresent() == b.isPresent()
        && (a.isEmpty() || Arrays.equals(a.get(), b.orElseThrow()));
  }

  @Override
  public Optional<byte[]> lookup(ModuleVersion module) {
    return cached(lookupFile(module));
  }

  @Override
  public void saveLookup(ModuleVersion module, byte[] body) {
    save(lookupFile(module), body);
  }

  @Override
  public Optional<byte[]> tile(Tile tile) {
    return cached(cache.resolve(tile.path()));
  }

  @Override
  public void saveTile(Tile tile, byte[] hashes) {
    save(cache.resolve(tile.path()), hashes);
  }

  @Override
  public boolean holdsLookupsOrTiles() throws IOException {
    return Files.isDirectory(cache);
  }

  @Override
  public void saveFork(Fork fork) throws IOException {
    inProcess.lock();
    try {
      Path evidence = evidence();
      if (!Files.exists(evidence, LinkOption.NOFOLLOW_LINKS)) {
        DurableFile.write(evidence, fork.text().getBytes(UTF_8), data.newTemporary());
      }
    } finally {
      inProcess.unlock();
    }
  }

  @Override
  public Optional<Fork> fork() throws IOException {
    return trusted(evidence()).map(bytes -> Fork.ofText(database, new String(bytes, UTF_8)));
  }

  private Path evidence() {
    return state.resolve("fork").resolve("evidence.txt");
  }

  private Path lookupFile(ModuleVersion module) {
    return cache.resolve("lookup").resolve(module.path().escaped() + "@" + module.escapedVersion());
  }

  /** A file that must not look absent when it is only unreadable. */
  private static Optional<byte[]> trusted(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = DurableFile.read(file, MAX_NOTE);
    if (bytes.isEmpty()) {
      throw new IOException("not a plain file of a sensible size: " + file.getFileName());
    }
    return bytes;
  }

  private static Optional<byte[]> cached(Path file) {
    try {
      return DurableFile.read(file, MAX_NOTE);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * A lookup or tile that is lost costs one request, so it is renamed into place but not synced.
   */
  private void save(Path target, byte[] bytes) {
    try {
      DurableFile.writeUnsynced(target, bytes, data.newTemporary());
    } catch (IOException e) {
      // The next reader asks the database again.
    }
  }
}
