package dev.modgate.it;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeMirror;
import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endless supply of modules that no gate has yet, on an honest mirror. Each is a new record of
 * the log, so whoever proves it has to move its tree head forward.
 */
final class ModuleSource implements AutoCloseable {

  static final String DATABASE = HermeticWorld.DATABASE;

  final FakeLog log = new FakeLog(DATABASE, 11);
  final FakeMirror mirror;
  private final Path config;
  private final AtomicInteger names = new AtomicInteger();

  ModuleSource(Path folder) throws IOException {
    this.mirror = new FakeMirror(log, DATABASE);
    this.config =
        Files.writeString(
            folder.resolve("modgate.yaml"),
            """
            goproxy: honest
            sumdb: ["%s"]
            mirrors:
              honest:
                url: %s
                breaker: {window: 1000}
            """
                .formatted(log.keyText(), mirror.url()));
  }

  /** Publishes one with so many bytes of source that hardly get smaller in a zip. */
  FakeModule next(GateWitness witness, int bytes) {
    int number = names.incrementAndGet();
    byte[] noise = new byte[bytes / 2];
    new Random(number).nextBytes(noise);
    String source = "package fake\n// " + java.util.HexFormat.of().formatHex(noise) + "\n";
    FakeModule module = new FakeModule("crash.test/m" + number + "@v1.0.0", source);
    witness.expect(module);
    mirror.serve(module);
    return module.in(log);
  }

  GateWitness witness() {
    return new GateWitness(log, DATABASE);
  }

  /** Starts modgate on a data directory. */
  ModgateProcess gate(Path data, List<String> options) throws IOException {
    return ModgateProcess.serve(data, config, Map.of("OTEL_SDK_DISABLED", "true"), options);
  }

  @Override
  public void close() {
    mirror.close();
  }
}
