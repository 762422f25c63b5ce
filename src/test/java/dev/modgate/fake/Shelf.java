package dev.modgate.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.verify.sumdb.LogSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a mirror has: modules, and the checksum database that it relays; and what a liar has. */
public final class Shelf {

  /** A path that says how a mirror is. */
  public static final String HEALTH = "/healthz";

  private final FakeLog log;
  private final String relay;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, byte[]> lies = new ConcurrentHashMap<>();

  public Shelf(FakeLog log) {
    this.log = log;
    this.relay = "/sumdb/" + log.name();
  }

  /** Puts a module into the log and on the shelf, beside one of that name that is another. */
  public void publish(FakeModule module) {
    module.in(log);
    put(files, module);
    put(lies, new FakeModule(module.version().toString(), "package changed\n"));
    lies.put(module.base() + ".mod", text(new String(module.goMod(), UTF_8) + "// changed\n"));
    lies.put(module.base() + ".info", text("{\"Version\":\"v9.9.9\"}"));
  }

  private static void put(Map<String, byte[]> files, FakeModule module) {
    files.put(module.base() + ".info", module.info());
    files.put(module.base() + ".mod", module.goMod());
    files.put(module.base() + ".zip", module.zip());
  }

  /** The body that belongs to a path; empty: not there. */
  public Optional<byte[]> honest(String path) {
    if (path.equals(HEALTH) || path.equals(relay + "/supported")) {
      return Optional.of(new byte[0]);
    }
    return path.startsWith(relay + "/")
        ? logged(path.substring(relay.length()))
        : Optional.ofNullable(files.get(path));
  }

  /** A body of the right form for a path that is not true. */
  public Optional<byte[]> untrue(String path) {
    Optional<byte[]> lie = Optional.ofNullable(lies.get(path));
    return lie.isPresent() ? lie : honest(path).map(Shelf::changed);
  }

  private Optional<byte[]> logged(String path) {
    return switch (log.get(path)) {
      case LogSource.Answer.Body(byte[] body) -> Optional.of(body);
      case LogSource.Answer.Missing _, LogSource.Answer.Failed _ -> Optional.empty();
    };
  }

  private static byte[] changed(byte[] body) {
    byte[] changed = Arrays.copyOf(body, body.length);
    if (changed.length > 0) {
      changed[changed.length / 4] ^= 1;
    }
    return changed;
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
