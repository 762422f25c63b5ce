package dev.modgate.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.fake.FakeNameServer;
import dev.modgate.fake.TlsServer;
import dev.modgate.it.HijackWorld.Shown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The name of a mirror leads to an attacker, by {@code /etc/hosts} or by DNS, and the real go
 * command. It needs curl, the right to mount in a namespace and, for DNS, port 53 of a loopback
 * address.
 */
final class HijackIT {

  private static final String RESOLVER = "127.77.0.53";
  private static final int CURL_REFUSED_THE_CERTIFICATE = 60;

  @TempDir Path folder;

  @Test
  void hostsLeadToAnAttacker_goGetsTheTruthOrNothing() throws Exception {
    Optional<NameSandbox> truth = sandbox("hosts", line(HijackWorld.MIRROR));
    if (truth.isEmpty()) {
      return;
    }
    NameSandbox elsewhere = sandbox("hosts", line(HijackWorld.ATTACKER)).orElseThrow();
    try (HijackWorld world = new HijackWorld(folder)) {
      Hijack hijack = new Hijack(world, "hosts", elsewhere);
      hijack.assertTruth(truth.orElseThrow());
      for (Shown shown : Shown.values()) {
        hijack.assertRefused(shown);
      }
    }
  }

  @Test
  void dnsLeadsToAnAttacker_goGetsTheTruthOrNothing() throws Exception {
    Optional<NameSandbox> sandbox = sandbox("DNS", "");
    Optional<FakeNameServer> resolver =
        permitted(
            "DNS", () -> new FakeNameServer(new InetSocketAddress(RESOLVER, FakeNameServer.PORT)));
    if (sandbox.isEmpty() || resolver.isEmpty()) {
      resolver.ifPresent(FakeNameServer::close);
      return;
    }
    try (FakeNameServer names = resolver.orElseThrow();
        HijackWorld world = new HijackWorld(folder)) {
      Hijack hijack = new Hijack(world, "DNS", sandbox.orElseThrow());
      names.let(HijackWorld.NAME, InetAddress.getByName(HijackWorld.MIRROR));
      hijack.assertTruth(sandbox.orElseThrow());
      assertTrue(names.wasAsked(HijackWorld.NAME));
      names.let(HijackWorld.NAME, InetAddress.getByName(HijackWorld.ATTACKER));
      for (Shown shown : Shown.values()) {
        hijack.assertRefused(shown);
        assertTrue(names.wasAsked(HijackWorld.NAME));
      }
      hijack.assertRefusedInFlight(names);
    }
  }

  private static String line(String address) {
    return address + " " + HijackWorld.NAME + "\n";
  }

  private Optional<NameSandbox> sandbox(String way, String hosts) throws InterruptedException {
    return permitted(
        way,
        () -> {
          Path files = folder.resolve("etc-" + hosts.length() + hosts.hashCode());
          NameSandbox sandbox = NameSandbox.make(files, hosts, RESOLVER);
          NameSandbox.Said curl = sandbox.run("curl", "--version");
          if (curl.exit() != 0) {
            throw new IOException("curl: " + curl.errors().strip());
          }
          return sandbox;
        });
  }

  /** What the test needs of the machine. */
  private interface Need<T> {
    T get() throws IOException, InterruptedException;
  }

  private static <T> Optional<T> permitted(String way, Need<T> need) throws InterruptedException {
    try {
      return Optional.of(need.get());
    } catch (IOException e) {
      System.err.println(
          "HijackIT: NOT checked: a mirror whose name is hijacked by "
              + way
              + ": "
              + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * One way to hijack.
   *
   * @param sandbox where the name leads to the attacker
   */
  private record Hijack(HijackWorld world, String way, NameSandbox sandbox) {

    /** Where the name leads to the mirror, its modules come from it. */
    void assertTruth(NameSandbox truth) throws Exception {
      NameSandbox.Said curl = world.curl(truth, "--cacert", world.certificates());
      assertTrue(curl.isOf(world.module.zip()), curl::errors);
      String run = way + "-truth";
      assertPasses(truth, run, true);
      assertServedBy(run, "corp");
    }

    void assertRefused(Shown shown) throws Exception {
      try (TlsServer _ = world.attacker(shown)) {
        assertHijacked(shown);
        String run = way + "-" + shown;
        assertPasses(sandbox, run + "-backup", false);
        assertServedBy(run + "-backup", "backup");
        assertBlamed(run + "-backup", shown);
        try (ModgateProcess gate = world.gate(sandbox, run + "-alone", true)) {
          assertStopped(gate, run + "-alone-go", shown, world.module);
        }
        assertBlamed(run + "-alone", shown);
        int answers = world.evilAnswers();
        assertEquals(shown == Shown.VALID, answers > 0, "requests past the handshake: " + answers);
        System.out.println("HijackIT: " + way + ", " + shown + ": " + shown.refusal);
      }
    }

    /** A client that verifies nothing gets the attacker's bytes; one that does, as it should. */
    private void assertHijacked(Shown shown) throws Exception {
      NameSandbox.Said careless = world.curl(sandbox, "-k");
      assertTrue(careless.isOf(world.altered.zip()), careless::errors);
      NameSandbox.Said careful = world.curl(sandbox, "--cacert", world.certificates());
      if (shown == Shown.VALID) {
        assertTrue(careful.isOf(world.altered.zip()), careful::errors);
      } else {
        assertEquals(CURL_REFUSED_THE_CERTIFICATE, careful.exit(), careful.errors());
      }
      assertTrue(world.evilAnswers() > 0);
    }

    private void assertPasses(NameSandbox where, String run, boolean isAlone) throws Exception {
      try (ModgateProcess gate = world.gate(where, run, isAlone)) {
        GoCommand.Result result = world.download(gate, run + "-go", world.module);
        assertEquals(0, result.exit(), run + ": " + result.output());
        assertArrayEquals(world.module.zip(), world.downloaded(gate, run + "-go"), run);
      }
    }

    private void assertStopped(ModgateProcess gate, String name, Shown shown, FakeModule module)
        throws Exception {
      GoCommand.Result result = world.download(gate, name, module);
      assertEquals(1, result.exit(), name + ": " + result.output());
      String status = shown == Shown.VALID ? "403 Forbidden" : "502 Bad Gateway";
      for (String word : List.of(status, shown.refusal, module.version().toString())) {
        assertTrue(result.output().contains(word), word + " in " + result.output());
      }
    }

    /** The gate has had the truth from the true mirror; then the name leads elsewhere. */
    void assertRefusedInFlight(FakeNameServer names) throws Exception {
      names.let(HijackWorld.NAME, InetAddress.getByName(HijackWorld.MIRROR));
      try (ModgateProcess gate = world.gate(sandbox, "in-flight", true)) {
        assertEquals(0, world.download(gate, "in-flight-go", world.module).exit());
        assertEquals(0, world.evilAnswers());
        world.cutTheMirrorOff();
        names.let(HijackWorld.NAME, InetAddress.getByName(HijackWorld.ATTACKER));
        for (Shown shown : List.of(Shown.OTHER_AUTHORITY, Shown.VALID)) {
          try (TlsServer _ = world.attacker(shown)) {
            assertStopped(gate, "in-flight-" + shown, shown, world.later);
            assertEquals(shown == Shown.VALID, world.evilAnswers() > 0, shown.toString());
          }
        }
      }
    }

    private void assertServedBy(String run, String mirror) throws IOException {
      assertAudit(run, mirror, "\"artifact\":\"zip\"", "\"verdict\":\"proven\"");
    }

    private void assertBlamed(String run, Shown shown) throws IOException {
      boolean isLie = shown == Shown.VALID;
      String lie =
          "delivered " + world.altered.zipH1() + " but the log has " + world.module.zipH1();
      assertAudit(
          run,
          "corp",
          "\"verdict\":\"" + (isLie ? "refuted" : "failed") + "\"",
          isLie ? lie : shown.refusal);
    }

    /** A line about the mirror holds both. */
    private void assertAudit(String run, String mirror, String one, String other)
        throws IOException {
      List<String> audit = ModgateProcess.audit(world.data(run));
      assertTrue(
          audit.stream()
              .filter(line -> line.contains("\"mirror\":\"" + mirror + "\""))
              .anyMatch(line -> line.contains(one) && line.contains(other)),
          () -> run + ": " + mirror + ", " + one + ", " + other + "\n" + String.join("\n", audit));
    }
  }
}
