package dev.modgate.direct;

import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Payload;
import dev.modgate.chain.Reply;
import dev.modgate.chain.Spool;
import dev.modgate.direct.GoRunner.Brought;
import dev.modgate.direct.GoRunner.Nothing;
import dev.modgate.direct.GoRunner.Outcome;
import dev.modgate.protocol.Request;
import dev.modgate.protocol.Target;
import dev.modgate.protocol.TargetParser;
import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Origins, asked as if they were one mirror.
 *
 * @see <a href="https://go.dev/ref/mod#vcs">go.dev/ref/mod#vcs</a>
 */
public final class DirectMirror implements Mirror, AutoCloseable {

  /** The word of GOPROXY; no mirror of the configuration is called so. */
  public static final String NAME = "direct";

  private static final String EACH_VERSION = "{{range .Versions}}{{println .}}{{end}}";

  /** A host that is an address: no module is developed there, and it may be inside our network. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

  private final TargetParser parser = new TargetParser(List.of());
  private final GoRunner runner;
  private final GoAnswers answers;
  private final Shelf shelf;
  private final Downloads downloads;

  /**
   * @param spool where sandboxes are and files land before they are proven
   */
  public DirectMirror(DirectSettings settings, Spool spool, InstantSource clock) {
    this.runner = new GoRunner(settings, spool);
    this.answers = new GoAnswers(spool);
    this.shelf = new Shelf(clock);
    this.downloads = new Downloads(shelf);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Reply get(MirrorRequest request) {
    return switch (parser.parse(request.path())) {
      case Target.Known(Request.AboutModule about) when isAddress(about.module()) ->
          new Reply.NotThere(404, "direct asks hosts by their names, not by their addresses");
      case Target.Known(Request known) -> get(known, new Asked(request, System.nanoTime()));
      case Target.Malformed _, Target.NotServed _, Target.UnknownDatabase _ ->
          new Reply.NotThere(404, "direct serves modules and nothing else");
    };
  }

  private Reply get(Request request, Asked asked) {
    return switch (request) {
      case Request.Info(ModuleVersion v) ->
          downloads.get(v, () -> download(v, asked), d -> Optional.of(asked.content(d.info())));
      case Request.GoMod(ModuleVersion v) ->
          downloads.get(v, () -> download(v, asked), d -> Optional.of(asked.content(d.goMod())));
      case Request.Zip(ModuleVersion v) -> downloads.get(v, () -> download(v, asked), asked::zip);
      case Request.VersionList(ModulePath module) -> asked.reply(list(module, asked));
      case Request.Latest(ModulePath module) -> asked.reply(query(module, "latest", asked));
      case Request.Query(ModulePath module, String query, String _) ->
          asked.reply(query(module, query, asked));
      case Request.AboutDatabase _ -> new Reply.NotThere(404, "direct relays no checksum database");
    };
  }

  private Outcome<Download> download(ModuleVersion version, Asked asked) {
    CompletableFuture.delayedExecutor(Shelf.KEPT.toMillis(), TimeUnit.MILLISECONDS)
        .execute(shelf::sweep);
    return runner.run(
        version.path(),
        List.of("mod", "download", "-json", "--", version.toString()),
        asked.request().deadline(),
        answers::download);
  }

  /** Retracted versions too: to leave them out is the asker's business, as with any mirror. */
  private Outcome<byte[]> list(ModulePath module, Asked asked) {
    return runner.run(
        module,
        List.of("list", "-m", "-retracted", "-versions", "-f", EACH_VERSION, "--", module.text()),
        asked.request().deadline(),
        (exited, _, failed) -> answers.versions(exited, failed));
  }

  private Outcome<byte[]> query(ModulePath module, String query, Asked asked) {
    if (query.startsWith("-")) {
      return new Nothing<>(new Reply.NotThere(404, "a version query starts with no dash"));
    }
    return runner.run(
        module,
        List.of("list", "-m", "-json", "--", module.text() + "@" + query),
        asked.request().deadline(),
        (exited, sandbox, failed) -> answers.resolved(module, exited, sandbox, failed));
  }

  private static boolean isAddress(ModulePath module) {
    return ADDRESS.matcher(module.text().split("/", 2)[0]).matches();
  }

  /**
   * A request, and when it came; who has lost the turn to another mirror delivers nothing.
   *
   * @param start of {@link System#nanoTime}
   */
  private record Asked(MirrorRequest request, long start) {

    Reply reply(Outcome<byte[]> outcome) {
      return switch (outcome) {
        case Brought<byte[]>(byte[] bytes) -> content(bytes);
        case Nothing<byte[]>(Reply reply) -> reply;
      };
    }

    Reply content(byte[] bytes) {
      return request.turn().take()
          ? new Reply.Content(new Payload.InMemory(bytes), elapsed())
          : new Reply.Failed(new Failure.Outrun());
    }

    /** Leaves the zip where it is if another mirror delivers it. */
    Optional<Reply> zip(Download download) {
      Optional<Reply> none = download.withoutZip();
      if (none.isPresent()) {
        return none;
      }
      return request.turn().take()
          ? download.takeZip().map(file -> new Reply.Content(file, elapsed()))
          : Optional.of(new Reply.Failed(new Failure.Outrun()));
    }

    private Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Ends what runs and removes what was kept. */
  @Override
  public void close() {
    runner.close();
    shelf.clear();
  }
}
