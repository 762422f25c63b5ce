package dev.modgate.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import dev.modgate.pipeline.InfoDocument;
import dev.modgate.probe.ProbeReport.Check;
import dev.modgate.probe.ProbeReport.Check.Outcome;
import dev.modgate.verify.Parsed;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.module.Semver;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.zip.ModuleZip;
import dev.modgate.verify.zip.ZipVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of the GOPROXY protocol, held against the answers about one module version.
 *
 * @see <a href="https://go.dev/ref/mod#goproxy-protocol">go.dev/ref/mod#goproxy-protocol</a>
 */
final class Conformance {

  private static final int MIB = 1 << 20;

  /** A top-level name that nobody can register (RFC 2606 §2). */
  private static final String NO_MODULE = "/modgate-probe.invalid/none/@v/list";

  private final Mirror mirror;
  private final ModuleVersion module;
  private final Runnable tick;
  private final List<Check> checks = new ArrayList<>();
  private Optional<Failure> first = Optional.empty();

  Conformance(Mirror mirror, ModuleVersion module, Runnable tick) {
    this.mirror = mirror;
    this.module = module;
    this.tick = tick;
  }

  /** A judgement of an answer. */
  private record Said(Outcome outcome, String detail) {}

  private interface Judge {
    Said judge(Reply reply) throws IOException;
  }

  /** The failure of the first request, after which nothing more can be asked. */
  Optional<String> unreachable() {
    return first.flatMap(failure ->
        switch (failure) {
          case Failure.Untrusted _, Failure.Unreachable _, Failure.TimedOut _ ->
              Optional.of(failure.text());
          case Failure.ChangedFace _,
              Failure.NoCredential _,
              Failure.BadStatus _,
              Failure.Broken _,
              Failure.TooLarge _,
              Failure.BreakerOpen _,
              Failure.Busy _,
              Failure.LocalDisk _,
              Failure.Outrun _,
              Failure.TakenOut _,
              Failure.Paused _,
              Failure.NotFetched _,
              Failure.Refuted _ ->
              Optional.empty();
        });
  }

  List<Check> checks() {
    return List.copyOf(checks);
  }

  void list() {
    check("list", versionless("list"), MirrorRequest.Delivery.MEMORY, this::list);
  }

  /** Whether it relays the database; that it need not, is a note. */
  boolean relays(String database) {
    return check(
            "sumdb",
            "/sumdb/" + database + "/supported",
            MirrorRequest.Delivery.MEMORY,
            reply ->
                switch (reply) {
                  case Reply.Content _ -> kept("relays " + database);
                  case Reply.NotThere _ -> note("does not relay " + database + ", and need not");
                  case Reply.Failed(Failure failure) -> broken(failure.text());
                  case Reply.Cut(Failure failure, var _) -> broken(failure.text());
                })
        == Outcome.KEPT;
  }

  /** What the log says, through this mirror if it relays it. */
  void lookup(Lookup lookup, Duration took) {
    Said said =
        switch (lookup) {
          case Lookup.Found found ->
              kept("record " + found.recordId() + ", proven at tree " + found.provenIn().size());
          case Lookup.NotLogged _ -> note("the log does not know the module version");
          case Lookup.Unavailable(String reason) -> broken(reason);
          case Lookup.Refused(String reason, var _) -> broken(reason);
        };
    checks.add(new Check("lookup", said.outcome(), said.detail(), took));
    tick.run();
  }

  /** The artifacts, held against the log as far as it is known. */
  void artifacts(Optional<Lookup.Found> logged) {
    check("info", version(".info"), MirrorRequest.Delivery.MEMORY, this::info);
    check(
        "mod",
        version(".mod"),
        MirrorRequest.Delivery.MEMORY,
        reply -> mod(reply, logged.flatMap(Lookup.Found::goMod)));
    check(
        "zip",
        version(".zip"),
        MirrorRequest.Delivery.FILE,
        reply -> zip(reply, logged.flatMap(Lookup.Found::zip)));
  }

  void latest() {
    String path = "/" + module.path().escaped() + "/@latest";
    check("latest", path, MirrorRequest.Delivery.MEMORY, Conformance::latest);
  }

  void whatIsNotThere() {
    String major = module.version().substring(0, module.version().indexOf('.'));
    String none = versionless(major + ".99999.0.info");
    check("absent version", none, MirrorRequest.Delivery.MEMORY, Conformance::absent);
    check("absent module", NO_MODULE, MirrorRequest.Delivery.MEMORY, Conformance::absent);
  }

  private Said list(Reply reply) {
    if (!(reply instanceof Reply.Content(Payload.InMemory body, var _))) {
      return missing(reply);
    }
    List<String> versions =
        new String(body.bytes(), UTF_8)
            .lines()
            .map(line -> line.strip().split("\\s+", 2)[0])
            .filter(version -> !version.isEmpty())
            .toList();
    if (!versions.stream().allMatch(Semver::isValid)) {
      return broken("has a line that is not a version");
    }
    return kept(
        versions.size()
            + (versions.size() == 1 ? " version" : " versions")
            + (versions.contains(module.version()) ? ", with " + module.version() : ""));
  }

  private Said info(Reply reply) {
    return reply instanceof Reply.Content(Payload.InMemory body, var _)
        ? said(InfoDocument.about(body.bytes(), module))
        : missing(reply);
  }

  private static Said latest(Reply reply) {
    return switch (reply) {
      case Reply.Content(Payload.InMemory body, var _) -> said(InfoDocument.version(body.bytes()));
      case Reply.NotThere(int status, var _) -> note("answers " + status + "; it is optional");
      case Reply.Content _, Reply.Failed _, Reply.Cut _ -> missing(reply);
    };
  }

  private static Said said(Parsed<String> version) {
    return switch (version) {
      case Parsed.Valid<String>(String text) -> kept("JSON about " + text);
      case Parsed.Invalid<String>(String reason) -> broken(reason);
    };
  }

  private Said mod(Reply reply, Optional<H1> logged) {
    if (!(reply instanceof Reply.Content(Payload.InMemory body, var _))) {
      return missing(reply);
    }
    Pattern directive =
        Pattern.compile("(?m)^\\s*module\\s+\"?" + Pattern.quote(module.path().text()) + "\"?\\s");
    return directive.matcher(new String(body.bytes(), UTF_8) + "\n").find()
        ? compared(body.size() + " bytes", H1.ofGoMod(body.bytes()), logged)
        : broken("is not a go.mod of " + module.path().text());
  }

  private Said zip(Reply reply, Optional<H1> logged) throws IOException {
    if (!(reply instanceof Reply.Content(Payload.Spooled body, var _))) {
      return missing(reply);
    }
    try {
      return switch (ModuleZip.examine(body.file(), module)) {
        case ZipVerdict.Sound(H1 h1, int files, long bytes) ->
            compared("sound: %d files, %d bytes unpacked".formatted(files, bytes), h1, logged);
        case ZipVerdict.Unsound(String _, String reason) -> broken("not sound: " + reason);
      };
    } finally {
      body.discard();
    }
  }

  private static Said compared(String what, H1 h1, Optional<H1> logged) {
    if (logged.isEmpty()) {
      return kept(what);
    }
    return logged.get().equals(h1)
        ? kept(what + ", as the log has it")
        : broken(what + ", but it is not what the log has");
  }

  private static Said absent(Reply reply) {
    return switch (reply) {
      case Reply.NotThere(int status, var _) -> kept("answers " + status);
      case Reply.Content(Payload payload, var _) when payload.size() == 0 ->
          note("answers 200 and nothing, instead of 404 or 410");
      case Reply.Content _ -> broken("answers 200, instead of 404 or 410");
      case Reply.Failed(Failure failure) -> broken(failure.text() + ", instead of 404 or 410");
      case Reply.Cut(Failure failure, var _) -> broken(failure.text() + ", instead of 404 or 410");
    };
  }

  /** Nothing of what should have been there. */
  private static Said missing(Reply reply) {
    return switch (reply) {
      case Reply.NotThere(int status, var _) -> broken("answers " + status);
      case Reply.Failed(Failure failure) -> broken(failure.text());
      case Reply.Cut(Failure failure, var _) -> broken(failure.text());
      case Reply.Content _ -> throw new IllegalStateException("a body somewhere else");
    };
  }

  private Outcome check(String name, String path, MirrorRequest.Delivery delivery, Judge judge) {
    MirrorRequest request =
        switch (delivery) {
          case MEMORY -> MirrorRequest.inMemory(path, 16L * MIB);
          case FILE -> MirrorRequest.file(path, 500L * MIB);
        };
    long start = System.nanoTime();
    Reply reply = mirror.get(request);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (checks.isEmpty() && reply instanceof Reply.Failed(Failure failure)) {
      first = Optional.of(failure);
    }
    Said said;
    try {
      said = judge.judge(reply);
    } catch (IOException e) {
      said = note("could not be read back from the disk of this machine");
    }
    checks.add(new Check(name, said.outcome(), said.detail(), took));
    tick.run();
    return said.outcome();
  }

  private String versionless(String leaf) {
    return "/" + module.path().escaped() + "/@v/" + leaf;
  }

  private String version(String extension) {
    return versionless(module.escapedVersion() + extension);
  }

  private static Said kept(String detail) {
    return new Said(Outcome.KEPT, detail);
  }

  private static Said note(String detail) {
    return new Said(Outcome.NOTE, detail);
  }

  private static Said broken(String detail) {
    return new Said(Outcome.BROKEN, detail);
  }
}
