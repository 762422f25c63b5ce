package dev.modgate.bench;

import dev.modgate.fake.MemoryLogStore;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.tlog.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A recorded log in memory, which answers as a store or as a server. */
final class RecordedLog implements LogSource {

  static final RecordedLog EMPTY = new RecordedLog(new byte[0]);

  private final byte[] latest;
  private final Map<String, byte[]> answers = new HashMap<>();
  private final Map<ModuleVersion, byte[]> lookups = new HashMap<>();
  private final Map<Tile, byte[]> tiles = new HashMap<>();

  private RecordedLog(byte[] latest) {
    this.latest = latest;
  }

  static RecordedLog read(Recording recording) throws IOException {
    RecordedLog log = new RecordedLog(recording.latest());
    Path root = recording.database();
    for (Path file : Recording.files(root)) {
      log.add(root.relativize(file).toString(), Files.readAllBytes(file));
    }
    return log;
  }

  private void add(String path, byte[] bytes) {
    answers.put("/" + path, bytes);
    if (path.startsWith("lookup/")) {
      String[] module = path.substring("lookup/".length()).split("@", 2);
      lookups.put(Recording.version(module[0], module[1]), bytes);
    } else {
      tiles.put(Tile.parse(path).orThrow(), bytes);
    }
  }

  /** The modules that were looked up, in a fixed order. */
  List<ModuleVersion> modules() {
    List<ModuleVersion> modules = new ArrayList<>(lookups.keySet());
    modules.sort((a, b) -> a.toString().compareTo(b.toString()));
    return modules;
  }

  /** A store that holds everything. */
  MemoryLogStore warm() {
    MemoryLogStore store = cold();
    store.lookups.putAll(lookups);
    store.tiles.putAll(tiles);
    return store;
  }

  /** A store that holds nothing but the newest head. */
  MemoryLogStore cold() {
    MemoryLogStore store = new MemoryLogStore();
    store.tamperHead(Optional.of(latest));
    return store;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public Answer get(String path) {
    byte[] bytes = answers.get(path);
    return bytes == null ? new Answer.Missing(404, path) : new Answer.Body(bytes);
  }
}
